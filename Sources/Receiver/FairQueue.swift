/// A queue in which senders take turns: who has a thousand things waiting and who has one get their next thing done after the same number of
/// others.
public struct FairQueue<Element> {
    private struct Line {
        var elements: [Element] = []
        var head = 0

        var isEmpty: Bool { head == elements.count }

        mutating func removeFirst() -> Element {
            defer {
                head += 1
                // What has left is let go of now and then, so that a line costs what waits in it.
                if head > 32, head * 2 > elements.count {
                    elements.removeFirst(head)
                    head = 0
                }
            }
            return elements[head]
        }
    }

    private var lines: [String: Line] = [:]
    /// Who has something waiting, the next one first.
    private var turns: [String] = []
    public private(set) var count = 0

    public init() {}

    public var isEmpty: Bool { count == 0 }

    /// Puts an element behind the others of its sender.
    public mutating func append(_ element: Element, of sender: String) {
        if lines[sender] == nil { turns.append(sender) }
        lines[sender, default: Line()].elements.append(element)
        count += 1
    }

    /// The next element of the sender whose turn it is; nil when nothing waits.
    public mutating func next() -> Element? {
        guard !turns.isEmpty else { return nil }
        let sender = turns.removeFirst()
        guard let element = lines[sender]?.removeFirst() else { return nil }
        count -= 1
        if lines[sender]?.isEmpty ?? true {
            lines[sender] = nil
        } else {
            turns.append(sender)
        }
        return element
    }
}
