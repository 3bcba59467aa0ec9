import Model

/// A picture that the HTML of a letter shows.
struct LetterPicture {
    /// By which the HTML names it, `cid:…`; the same in every letter on the alert.
    let id: String
    /// What it shows, in words.
    let alt: String
    let chart: PeriodChart

    var part: MailPart { .picture(Attachment(name: "figure.png", mediaType: "image/png", bytes: PNG.bytes(of: chart.picture)), id: id) }
}

extension LetterContext {
    /// What is shown of an alert about a figure; nil when it is about something else, or there is too little to show.
    func picture(of transition: Transition) -> LetterPicture? {
        guard let judged = transition.reason.judged, let readings = material.histories[transition.key],
            let chart = PeriodChart(readings, judged: judged)
        else { return nil }
        let alt = chart.words(title: catalogue.title(of: transition.key.subject, language), language)
        return LetterPicture(id: "figure.\(Message.seed(transition.key.description))@dondoc", alt: alt, chart: chart)
    }
}
