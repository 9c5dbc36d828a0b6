namespace Baton.Knowledge.Indexing;

/// <summary>
/// Words and phrases that mean the same, from the playbook: each entry is a group, every member stands for the others.
/// </summary>
internal sealed class Synonyms
{
    private readonly Dictionary<string, List<string[]>> _byPhrase = [];
    private readonly int _longest;

    public Synonyms(IReadOnlyDictionary<string, IReadOnlyList<string>> groups)
    {
        foreach (var (word, others) in groups)
        {
            var members = others.Prepend(word).Select(m => TermLexicon.Terms(m).ToArray()).Where(m => m.Length > 0)
                .ToList();
            foreach (var member in members)
            {
                _longest = Math.Max(_longest, member.Length);
                var phrase = string.Join(' ', member);
                if (!_byPhrase.TryGetValue(phrase, out var equivalents)) _byPhrase[phrase] = equivalents = [];
                equivalents.AddRange(members.Where(m => !m.SequenceEqual(member)));
            }
        }
    }

    /// <summary>The terms that stand for a phrase of the question, each with the share of the weight it gets.</summary>
    public IEnumerable<(string Term, float Share)> Of(IReadOnlyList<string> terms)
    {
        for (var start = 0; start < terms.Count; start++)
        {
            for (var length = 1; length <= Math.Min(_longest, terms.Count - start); length++)
            {
                var phrase = length == 1 ? terms[start] : string.Join(' ', terms.Skip(start).Take(length));
                if (!_byPhrase.TryGetValue(phrase, out var equivalents)) continue;
                foreach (var other in equivalents)
                    foreach (var term in other) yield return (term, 1f / MathF.Sqrt(other.Length));
            }
        }
    }
}
