using System.Text.RegularExpressions;
using Baton.Playbooks;

namespace Baton.Triage;

/// <summary>One field's pattern, found in any case and given back in the pattern's own.</summary>
internal sealed class FieldPattern(TicketField ticketField)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex _exact = new(ticketField.Pattern, Options);
    private readonly Regex _anyCase = new(ticketField.Pattern, Options | RegexOptions.IgnoreCase);
    private readonly Regex? _bare =
        ticketField.Bare is { } bare ? new(bare.Pattern, Options | RegexOptions.IgnoreCase) : null;

    public string Name => ticketField.Name;

    /// <summary>The first value in a folded text, or null.</summary>
    public string? First(string folded) => All(folded).FirstOrDefault();

    /// <summary>Every value in a folded text, in order; those that only words before them tell come last.</summary>
    public IEnumerable<string> All(string folded) =>
        _anyCase.Matches(folded).Select(m => OwnForm(m.Value)).Concat(Bare(folded));

    private IEnumerable<string> Bare(string folded) => _bare is null ? [] : _bare.Matches(folded)
        .Select(m => ticketField.Bare!.As.Replace("{value}", m.Groups["value"].Value, StringComparison.Ordinal))
        .Where(value => _anyCase.Match(value) is { Success: true } match && match.Length == value.Length);

    private string OwnForm(string found)
    {
        var value = found.Trim();
        string[] forms = [value.ToUpperInvariant(), value, value.ToLowerInvariant()];
        return forms.FirstOrDefault(IsWhole) ?? forms[0];
    }

    private bool IsWhole(string value) =>
        _exact.Match(value) is { Success: true } match && match.Length == value.Length;
}
