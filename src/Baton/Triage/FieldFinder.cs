using Baton.Conversations.Findings;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Triage;

/// <summary>
/// Finds the playbook's fields, such as order numbers, in what the customer wrote: with whatever dash, width, case,
/// digits or invisible characters.
/// </summary>
internal sealed class FieldFinder(Playbook playbook)
{
    private readonly FieldPattern[] _fields =
    [
        .. playbook.Fields.Values.Select(f => new FieldPattern(f)),
    ];

    /// <summary>
    /// Values by field name. The newest message wins over what came with the ticket, and that over older messages: a
    /// customer who corrects a number means the correction.
    /// </summary>
    public IReadOnlyDictionary<string, string> Find(
        string text, IReadOnlyList<string> earlier, IReadOnlyDictionary<string, string> given)
    {
        var found = new Dictionary<string, string>(given);
        text = FoldedText.Of(text);
        foreach (var field in _fields)
        {
            // What came in a field of its own was written by a sender all the same: it is the value that the pattern
            // finds in it, or nothing.
            if (found.Remove(field.Name, out var sent) && field.First(FoldedText.Of(sent)) is { } fits)
                found[field.Name] = fits;
            if (field.First(text) is { } now) found[field.Name] = now;
            else if (!found.ContainsKey(field.Name) && Last(field, earlier) is { } before) found[field.Name] = before;
        }
        return found;
    }

    /// <summary>Every value of a field in a text, each once, in the order they stand there.</summary>
    public IReadOnlyList<string> Values(string field, string text) =>
    [
        .. _fields.Where(f => f.Name == field).SelectMany(f => f.All(FoldedText.Of(text))).Distinct(),
    ];

    /// <summary>Required fields of the intent that are not known.</summary>
    public static IReadOnlyList<string> Missing(Playbook playbook, TriageReading triage)
    {
        var required = playbook.FindIntent(triage.Intent)?.RequiredFields ?? [];
        return required.All(triage.Fields.ContainsKey) ? [] : [.. required.Where(f => !triage.Fields.ContainsKey(f))];
    }

    private static string? Last(FieldPattern field, IReadOnlyList<string> texts)
    {
        for (var i = texts.Count - 1; i >= 0; i--)
            if (field.First(FoldedText.Of(texts[i])) is { } value) return value;
        return null;
    }
}
