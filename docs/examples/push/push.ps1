# Pushes counts from Windows PowerShell 5.1 or PowerShell 7.
$ErrorActionPreference = 'Stop'
[Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
$token = (Get-Content -Path $env:DONDOC_TOKEN_FILE -TotalCount 1).Trim()

$body = @{
    observations = @(
        @{ agency = 'H52.07'; measure = 'mail.accounts.active'; from = '2026-10-01'; to = '2026-10-31'; value = 123 },
        @{ agency = 'H52.07'; measure = 'dossiers.received'; from = '2026-11-02'; value = 17 }
    )
} | ConvertTo-Json -Depth 4

$receipt = Invoke-RestMethod -Method Post -Uri "$($env:DONDOC_URL)/v1/observations" -TimeoutSec 60 `
    -ContentType 'application/json; charset=utf-8' -Headers @{ Authorization = "Bearer $token"; 'Accept-Language' = 'vi' } `
    -Body ([Text.Encoding]::UTF8.GetBytes($body))
$receipt | ConvertTo-Json -Depth 4
if ($receipt.refused.Count -gt 0) { exit 1 }
