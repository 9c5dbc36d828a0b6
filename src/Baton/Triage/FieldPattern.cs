using System.Text.RegularExpressions;
using Baton.Playbooks;

namespace Baton.Triage;

/// <summary>One field's pattern, found in any case and given back in the pattern's own.</summary>
internal sealed class FieldPattern(TicketField ticketField)
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex _exact = new(ticketField.Pattern, Options);
    private readonly Regex _anyCase = new(ticketField.Pattern, Options | RegexOptions.IgnoreCase);

    public string Name => ticketField.Name;

    /// <summary>The first value in a folded text, or null.</summary>
    public string? First(string folded)
    {
        var match = _anyCase.Match(folded);
        return match.Success ? OwnForm(match.Value) : null;
    }

    /// <summary>Every value in a folded text, in order.</summary>
    public IEnumerable<string> All(string folded) => _anyCase.Matches(folded).Select(m => OwnForm(m.Value));

    private string OwnForm(string found)
    {
        var value = found.Trim();
        string[] forms = [value.ToUpperInvariant(), value, value.ToLowerInvariant()];
        return forms.FirstOrDefault(IsWhole) ?? forms[0];
    }

    private bool IsWhole(string value) =>
        _exact.Match(value) is { Success: true } match && match.Length == value.Length;
}
