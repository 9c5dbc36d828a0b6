using System.Runtime.CompilerServices;
using System.Text;
using Baton.Playbooks;
using Baton.Text;

namespace Baton.Triage;

/// <summary>Fixed replies to fixed messages: "thanks" needs no model.</summary>
internal static class ExactAnswers
{
    private const int LongestMessage = 100;

    private static readonly ConditionalWeakTable<Playbook, Dictionary<string, ExactAnswer>> Tables = [];

    /// <summary>The answer to a message that consists of nothing but one of the playbook's phrases, or null.</summary>
    public static ExactAnswer? Find(Playbook playbook, string message) =>
        playbook.ExactAnswers.Count == 0 || message.Length > LongestMessage
            ? null
            : Tables.GetValue(playbook, Build).GetValueOrDefault(Normalise(message));

    private static Dictionary<string, ExactAnswer> Build(Playbook playbook)
    {
        var table = new Dictionary<string, ExactAnswer>();
        foreach (var answer in playbook.ExactAnswers)
            foreach (var phrase in answer.Says) table.TryAdd(Normalise(phrase), answer);
        return table;
    }

    /// <summary>Lower case, letters and digits only, single spaces.</summary>
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
}
