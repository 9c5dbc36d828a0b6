using Baton.Conversations.Inbound;
using Baton.Storage.Engines;

namespace Baton.Conversations.Inspection;

/// <summary>What can be done about personal data in a column.</summary>
internal abstract record Repair
{
    private Repair() { }

    /// <summary>The value is written without it.</summary>
    public sealed record Rewrite(Func<ValueReader, string, string> Write) : Repair;

    /// <summary>The row only saves work: it goes.</summary>
    public sealed record Remove : Repair;

    /// <summary>Nothing can be done here.</summary>
    /// <param name="Advice">What somebody can do.</param>
    public sealed record None(string Advice) : Repair;

    private static readonly Repair Redact = new Rewrite((reader, value) => reader.Without(value));

    private static readonly Dictionary<string, Repair> Known = new()
    {
        ["api_keys.name"] = Redact,
        ["cached_answers.answer"] = new Remove(),
        ["cached_answers.question"] = new Remove(),
        ["conversations.customer_id"] = new Rewrite((_, value) => InboundFacts.Pseudonym(value)),
        ["conversations.subject"] = Redact,
        ["deliveries.id"] = new Rewrite((_, value) => Deliveries.Digest(value)),
        ["jobs.error"] = Redact,
        ["kill_switch.changed_by"] = Redact,
        ["kill_switch.why"] = Redact,
        ["notices.text"] = Redact,
        ["notices.title"] = Redact,
        ["outbox.error"] = Redact,
        ["outbox.receipt"] = Redact,
        ["receipts.error"] = Redact,
        ["receipts.served_model"] = Redact,
        ["receipts.tags"] = Redact,
        ["second_opinions.opinion"] = Redact,
        ["virtual_keys.name"] = new None("a key is never renamed: make another one, and disable this one"),
        ["virtual_keys.settings"] = new None("a key is never changed: make another one, and disable this one"),
    };

    private static readonly Repair Refers = new None(
        "other rows are found by it, so it stays: keep the file to those who may read the messages");

    public static Repair Of(TextColumn column) => Known.GetValueOrDefault(column.Place) ?? Refers;
}
