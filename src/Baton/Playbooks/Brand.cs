namespace Baton.Playbooks;

/// <summary>
/// Who speaks, how, and the fixed texts. Texts may use <c>{promise}</c>, <c>{ticket}</c>, <c>{brand}</c>.
/// </summary>
public sealed record Brand
{
    public required string Name { get; init; }

    /// <summary>IANA zone in which promises are stated, e.g. <c>America/Denver</c>.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Language of the fixed texts, ISO 639-1.</summary>
    public required string Locale { get; init; }

    /// <summary>Languages that automation may answer in. Others fire the trigger <c>unsupported_language</c>.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>How answers should sound; given to model stages.</summary>
    public required string Voice { get; init; }

    public required string Greeting { get; init; }

    public required string Signature { get; init; }

    /// <summary>Sent with the escalation: must contain <c>{promise}</c>.</summary>
    public required string EscalatedText { get; init; }

    /// <summary>
    /// Stands under <see cref="EscalatedText"/> where passages may help: must contain <c>{offers}</c>.
    /// </summary>
    public string OffersText { get; init; } = DefaultOffersText;

    /// <summary>What a brand without words of its own says around offers.</summary>
    public const string DefaultOffersText =
        "While you wait, this may help:\n\n{offers}\n\nIf it does, write \"that solved it\" and we close the ticket.";

    /// <summary>
    /// Stands under a question back where passages may answer already: must contain <c>{offers}</c>.
    /// </summary>
    public string AskedOffersText { get; init; } = DefaultAskedOffersText;

    /// <summary>What a brand without words of its own says there.</summary>
    public const string DefaultAskedOffersText = "Perhaps this answers it already:\n\n{offers}";

    /// <summary>
    /// Sent instead of <see cref="EscalatedText"/> to somebody who may want to hurt themselves: short, and with help
    /// that does not depend on us.
    /// </summary>
    public string CrisisText { get; init; } = DefaultCrisisText;

    /// <summary>What a brand without words of its own says then.</summary>
    public const string DefaultCrisisText =
        "What you wrote worries us, and we are glad that you wrote it. It goes to a person of our team before everything "
        + "else. {promise} You do not have to be alone until then: if you could be in danger, please call your local "
        + "emergency number (112, 911 or 999) now, or talk to a crisis line, free and at any hour: 988 in the US and "
        + "Canada, 116 123 in the UK, Ireland and much of Europe, others at findahelpline.com. Nothing about ticket "
        + "{ticket} is more important than that.";

    /// <summary>Stands under answers, with the hole <c>{link}</c> for rating them; empty: nobody is asked.</summary>
    public string RatingText { get; init; } = "";

    /// <summary>Sent with a person's close, above <see cref="RatingText"/>; without that text nothing is.</summary>
    public string ClosedText { get; init; } = DefaultClosedText;

    /// <summary>What a brand without words of its own says then.</summary>
    public const string DefaultClosedText =
        "We have closed ticket {ticket}. Reply here if anything is left, and it opens again.";

    /// <summary>Sent when the customer writes that an offered passage solved it, and the ticket is closed.</summary>
    public string SolvedText { get; init; } = DefaultSolvedText;

    /// <summary>What a brand without words of its own says then.</summary>
    public const string DefaultSolvedText =
        "Good to hear. We have closed ticket {ticket}; reply here if anything is left, and it opens again.";

    /// <summary>Sent once when a person has to agree before automation goes on.</summary>
    public string ApprovalText { get; init; } = DefaultApprovalText;

    /// <summary>What a brand without words of its own says then.</summary>
    public const string DefaultApprovalText =
        "A person of our team has to agree to this first. We have asked, and write to you as soon as it is decided. Your "
        + "ticket is {ticket}.";

    /// <summary>The only text automation may send while a conversation is locked.</summary>
    public required string WaitingText { get; init; }

    /// <summary>Sent while the kill switch is on.</summary>
    public required string KillSwitchText { get; init; }

    /// <summary>How soon the kill-switch text promises an answer.</summary>
    public TimeSpan KillSwitchPromise { get; init; } = TimeSpan.FromHours(4);
}
