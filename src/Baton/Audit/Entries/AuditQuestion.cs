using System.Globalization;
using Baton.Playbooks;

namespace Baton.Audit.Entries;

/// <summary>What somebody typed or a program sent, read as a filter.</summary>
internal sealed record AuditQuestion(
    string? Since = null, string? Until = null, string? Actor = null, string? Kind = null, string? Ticket = null,
    string? After = null, int? Limit = null)
{
    private const int LongestName = 200;

    /// <summary>The filter, or what is wrong and how to write it.</summary>
    public (AuditFilter? Filter, string? Problem) Read()
    {
        if (Wrong() is { } problem) return (null, problem);
        return (new AuditFilter
        {
            Since = Moment(Since), Until = Moment(Until), Actor = Word(Actor), Ticket = Word(Ticket),
            Kind = Word(Kind) is { } kind ? EnumWords.Find<AuditKind>(kind) : null,
            After = AuditCursor.Parse(Word(After)), Limit = Limit ?? new AuditFilter().Limit,
        }, null);
    }

    private string? Wrong()
    {
        foreach (var (name, text) in ((string, string?)[])[("since", Since), ("until", Until)])
            if (Word(text) is { } said && Moment(said) is null)
                return $"{name} is '{said}': write a day or a time with its zone, as 2026-11-30 or 2026-11-30T14:00Z";
        foreach (var (name, text) in ((string, string?)[])[("actor", Actor), ("ticket", Ticket)])
            if (text is { Length: > LongestName }) return $"{name} has {text.Length} characters: at most {LongestName}";
        if (Word(Kind) is { } kind && EnumWords.Find<AuditKind>(kind) is null)
            return $"kind is '{kind}': use {string.Join(", ", EnumWords.All<AuditKind>())}";
        if (Word(After) is { } after && AuditCursor.Parse(after) is null)
            return $"after is '{after}': use the next of the page before";
        return Limit is < 1 or > AuditFilter.MostOfPage ? $"limit is {Limit}: use 1 to {AuditFilter.MostOfPage}" : null;
    }

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateTimeOffset? Moment(string? text) => Word(text) is { } said && DateTimeOffset.TryParse(
        said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
