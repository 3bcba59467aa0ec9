/// What an agency's answer, by mail or entered by an operator, does to the reminders of its alerts. A promised day holds them in any case.
public enum ReplyEffect: Hashable, Sendable {
    case nothing
    /// The step that would come next is left out; the one after it comes when it would have come anyway.
    case nextReminder
    /// No step within so many working days after the answer.
    case workingDays(Int)

    /// `nothing`, `next-reminder`, or a number of working days from 1 to 60; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "nothing": self = .nothing
        case "next-reminder": self = .nextReminder
        default:
            guard let days = Int(text), (1...60).contains(days) else { return nil }
            self = .workingDays(days)
        }
    }
}
