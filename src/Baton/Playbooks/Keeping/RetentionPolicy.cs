namespace Baton.Playbooks.Keeping;

/// <summary>Kinds of data that are kept for a time and then erased.</summary>
public enum RetentionKind
{
    /// <summary>What customers wrote and what was written to them: texts, subjects, senders.</summary>
    Messages,

    /// <summary>Files.</summary>
    Attachments,

    /// <summary>What tools answered, what approvals were asked with, what agents had done.</summary>
    Transcripts,

    /// <summary>Labels, suggestions and findings that rest on a ticket.</summary>
    Learning,

    /// <summary>Messages to the team that are closed.</summary>
    Notices,
}

/// <summary>How long each kind is kept after a ticket was closed last (<c>retention.yaml</c>).</summary>
public sealed record RetentionPolicy
{
    /// <summary>What holds where nothing is said.</summary>
    public static readonly IReadOnlyDictionary<RetentionKind, TimeSpan?> Defaults =
        new Dictionary<RetentionKind, TimeSpan?>
        {
            [RetentionKind.Messages] = TimeSpan.FromDays(1095),
            [RetentionKind.Attachments] = TimeSpan.FromDays(365),
            [RetentionKind.Transcripts] = TimeSpan.FromDays(180),
            [RetentionKind.Learning] = TimeSpan.FromDays(365),
            [RetentionKind.Notices] = TimeSpan.FromDays(180),
        };

    /// <summary>Every kind; null: kept until somebody erases it.</summary>
    public IReadOnlyDictionary<RetentionKind, TimeSpan?> Kept { get; init; } = Defaults;

    /// <summary>When it is looked for, five fields in the playbook's time zone. Default every night at 3:40.</summary>
    public string Cron { get; init; } = "40 3 * * *";
}
