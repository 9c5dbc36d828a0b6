using System.Runtime.CompilerServices;
using System.Text;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Triage;

/// <summary>
/// Fixed replies to fixed messages: "thanks" needs no model, nor does "Hi, ok cool, thanks! Best, Robin".
/// </summary>
internal static class ExactAnswers
{
    private const int LongestMessage = 100;

    private static readonly char[] Ends = ['.', '!', ',', ';', '\n'];

    private static readonly ConditionalWeakTable<Playbook, Phrases> Tables = [];

    /// <summary>
    /// The answer to a message that consists of nothing but the playbook's phrases, with greetings, thanks and a name
    /// around them; null when it says anything else. Of several the last phrase is answered.
    /// </summary>
    public static ExactAnswer? Find(Playbook playbook, string message)
    {
        if (playbook.ExactAnswers.Count == 0) return null;
        var phrases = Tables.GetValue(playbook, Build);
        if (message.Length <= LongestMessage && phrases.Table.GetValueOrDefault(Normalise(message)) is { } exact)
            return exact;
        var own = message[..SignOff.Start(message)];
        return own.Length > LongestMessage || own.Contains('?') ? null : Last(phrases, own);
    }

    private static ExactAnswer? Last(Phrases phrases, string message)
    {
        ExactAnswer? last = null;
        foreach (var clause in message.Split(Ends, StringSplitOptions.RemoveEmptyEntries))
        {
            var words = Normalise(clause);
            if (words.Length == 0) continue;
            if (phrases.In(words) is { } answer) last = answer;
            else if (!Courtesies.Is(clause)) return null;
            // Thanks in more words than any phrase has are answered as thanks.
            else if (words.StartsWith("thank", StringComparison.Ordinal))
                last = phrases.Table.GetValueOrDefault("thanks") ?? last;
        }
        return last;
    }

    private static Phrases Build(Playbook playbook)
    {
        var table = new Dictionary<string, ExactAnswer>();
        foreach (var answer in playbook.ExactAnswers)
            foreach (var phrase in answer.Says) table.TryAdd(Normalise(phrase), answer);
        return new Phrases(table);
    }

    /// <summary>Lower case, letters and digits only, single spaces: emoji say nothing.</summary>
    private static string Normalise(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var c in FoldedText.Of(text))
        {
            if (char.IsLetterOrDigit(c)) result.Append(char.ToLowerInvariant(c));
            else if (char.IsWhiteSpace(c) && result.Length > 0 && result[^1] != ' ') result.Append(' ');
        }
        return result.ToString().TrimEnd();
    }

    /// <summary>The playbook's phrases, normalised.</summary>
    private sealed record Phrases(Dictionary<string, ExactAnswer> Table)
    {
        /// <summary>The answer to the last phrase of words that are phrases from end to end, or null.</summary>
        public ExactAnswer? In(string words)
        {
            if (Table.TryGetValue(words, out var whole)) return whole;
            for (var at = words.LastIndexOf(' '); at > 0; at = words.LastIndexOf(' ', at - 1))
                if (Table.TryGetValue(words[(at + 1)..], out var last) && In(words[..at]) is not null) return last;
            return null;
        }
    }
}
