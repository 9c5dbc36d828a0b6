namespace Baton.Audit.Entries;

/// <summary>Which entries are asked for; null is all.</summary>
internal sealed record AuditFilter
{
    /// <summary>Entries of one page, at most.</summary>
    public const int MostOfPage = 500;

    public DateTimeOffset? Since { get; init; }

    /// <summary>Entries before it.</summary>
    public DateTimeOffset? Until { get; init; }

    public string? Actor { get; init; }

    public AuditKind? Kind { get; init; }

    public string? Ticket { get; init; }

    /// <summary>Where the page before ended.</summary>
    public AuditCursor? After { get; init; }

    public int Limit { get; init; } = 50;

    /// <summary>As people and manifests write it; <c>everything</c> where nothing is asked for.</summary>
    public override string ToString() => string.Join(' ', ((string?[])
    [
        Since is { } since ? $"since={since.UtcDateTime:O}" : null,
        Until is { } until ? $"until={until.UtcDateTime:O}" : null,
        Actor is null ? null : $"actor={Actor}",
        Kind is { } kind ? $"kind={Playbooks.EnumWords.Of(kind)}" : null,
        Ticket is null ? null : $"ticket={Ticket}",
    ]).OfType<string>()) is { Length: > 0 } said ? said : "everything";
}

/// <summary>The last entry of a page; the next one goes on behind it.</summary>
internal readonly record struct AuditCursor(long AtMs, long Seq)
{
    public override string ToString() => FormattableString.Invariant($"{AtMs}.{Seq}");

    /// <summary>Null when the text is none.</summary>
    public static AuditCursor? Parse(string? text) =>
        text?.Split('.') is [var at, var seq] && long.TryParse(at, out var ms) && long.TryParse(seq, out var place)
            ? new AuditCursor(ms, place) : null;
}
