/// Every kind of sheet that dondoc prints. docs/cli.md lists their columns, and a test keeps both in step.
public enum ReportCatalogue {
    public static let all: [ReportLayout] = [
        StatusReport.layout,
        SourcesReport.layout,
        DeliveriesReport.layout,
        TrialReport.layout,
        RunReport.layout,
        AgenciesReport.layout,
        SuccessionsReport.layout,
        IndicatorsReport.layout,
        DefinitionsReport.layout,
        TargetsReport.layout,
        SeriesReport.layout,
        ReadingsReport.layout,
        RankReport.layout,
        AlertsReport.layout,
        TransitionsReport.layout,
        ExplanationReport.figureLayout,
        ExplanationReport.cellsLayout,
        FindingsReport.layout,
        OutboxReport.layout,
        RemoteWriteReport.layout,
        ProblemsReport.layout,
    ]
}
