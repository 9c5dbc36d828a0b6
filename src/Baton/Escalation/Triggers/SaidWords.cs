using System.Collections.Concurrent;

namespace Baton.Escalation.Triggers;

/// <summary>
/// What a customer sent in words, and which phrases were found in it: each is looked for once, however often the policy
/// is asked about the same message.
/// </summary>
public sealed class SaidWords
{
    private readonly ConcurrentDictionary<(string Trigger, IReadOnlyList<string> Further), string?> _found = new();

    private readonly Lazy<IReadOnlyList<string>> _words;

    /// <param name="noticed">The text that triggers read.</param>
    public SaidWords(string subject, string noticed) => _words = new(() => CustomerWords.Of(subject, noticed));

    /// <summary>Folded and in lower case, split once for all triggers.</summary>
    public IReadOnlyList<string> Words => _words.Value;

    /// <summary>What a trigger finds with a playbook's further phrases.</summary>
    /// <param name="look">Looks for it when nobody has yet.</param>
    internal string? Find(
        string trigger, IReadOnlyList<string> further,
        Func<string, IReadOnlyList<string>, IReadOnlyList<string>, string?> look)
    {
        if (_found.TryGetValue((trigger, further), out var known)) return known;
        return _found[(trigger, further)] = look(trigger, further, Words);
    }
}
