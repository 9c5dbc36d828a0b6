using System.Text.RegularExpressions;
using Baton.Knowledge.Grounding;
using Baton.Knowledge.Indexing;
using Baton.Text.Words;

namespace Baton.Knowledge.Answers;

/// <summary>
/// Questions of a message that an answer says nothing about. Works on words: of several questions the one that the
/// answer speaks of most is its own, and each other must share more than half of its words with it.
/// </summary>
internal static partial class OpenQuestions
{
    private const int LongestText = 4_000, MostQuestions = 12;
    private const double Enough = 0.5;
    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | RegexOptions.ExplicitCapture;

    /// <summary>Words that ask and name no matter.</summary>
    private static readonly HashSet<string> Asking =
    [
        .. ("able advise answer anything ask bit check clarify confirm detail details explain go going happen happening hear hope "
            + "idea info information kind kindly look maybe mean mind need ok okay option options point possible possibly problem "
            + "quick quickly really reply right see soon something still sure tell think time understand whether wonder wondering "
            + "work works yet actually already exactly")
            .Split(' ').Select(EnglishStemmer.Stem),
    ];

    /// <summary>How many of how many questions stay open; (0, …) when the answer speaks of each.</summary>
    /// <param name="message">The customer's own words.</param>
    /// <param name="answer">What they would read, and what else counts as spoken of.</param>
    public static (int Open, int Asked) Count(string message, IEnumerable<string> answer)
    {
        var asked = Clauses(message).Select(Terms).Where(t => t.Count > 0).Take(MostQuestions).ToList();
        if (asked.Count < 2) return (0, asked.Count);
        var said = answer.SelectMany(text => TermLexicon.Terms(text)).ToHashSet();
        var shares = asked.Select(terms => (double)terms.Count(said.Contains) / terms.Count).ToList();
        var own = shares.IndexOf(shares.Max());
        return (shares.Where((share, i) => i != own && share <= Enough).Count(), asked.Count);
    }

    /// <summary>Words of a clause that name its matter.</summary>
    internal static HashSet<string> Terms(string clause) =>
        [.. TermLexicon.Terms(clause).Where(t => !Asking.Contains(t) && !WordLists.Courtesy.Contains(t))];

    /// <summary>
    /// "Do you ship to Canada and how long does it take" asks twice: it is cut where a question begins again.
    /// </summary>
    /// <param name="message">The customer's own words.</param>
    /// <param name="wishes">Whether "I want …" and "please …" are given as well.</param>
    internal static IEnumerable<string> Clauses(string message, bool wishes = false)
    {
        var text = CutText.Of(message, LongestText);
        foreach (Match sentence in Sentence().Matches(text))
        {
            var marked = sentence.Value.TrimEnd().EndsWith('?');
            var start = 0;
            foreach (Match joint in Joint().Matches(sentence.Value))
            {
                if (!Begins().IsMatch(sentence.Value.AsSpan(joint.Index + joint.Length))) continue;
                var clause = sentence.Value[start..joint.Index];
                if (Asks(clause, marked, wishes)) yield return clause;
                start = joint.Index + joint.Length;
            }
            if (Asks(sentence.Value[start..], marked, wishes)) yield return sentence.Value[start..];
        }
    }

    private static bool Asks(string clause, bool marked, bool wishes) =>
        marked || Begins().IsMatch(clause) || wishes && Wishes().IsMatch(clause);

    [GeneratedRegex(@"[^.!?\n]+([.!?]+[^\s.!?][^.!?\n]*)*[.!?]*", Reading)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"(,\s*|\s)(and|also|plus|but)\s+(also\s+)?|;\s+|,\s+", Reading)]
    private static partial Regex Joint();

    [GeneratedRegex(@"^\W*((and|also|besides|plus|so|but|then|p ?s)\W+)*(please\b|i( also)? (want|need|would like)\b|i'd( also)? like\b)", Reading)]
    private static partial Regex Wishes();

    /// <summary>A question without its mark, as in chats. "How I love it" and "Have a nice day" are none.</summary>
    [GeneratedRegex(@"^\W*((and|also|besides|plus|so|hi|hello|hey|p ?s)\W+)*(((please|also|could you|can you|would you)\s+)*(tell me|let me know)\b"
        + @"|(i|we)( also)?( would( also)? like|'d( also)? like| want| need)( also)? to know\b|i('m| am| was)? wonder(ing)?\b"
        + @"|how (do|does|did|can|could|should|long|much|many|soon|often|far|big|heavy|is|are|will|to)\b"
        + @"|(what|which|where|when|why|who)('s|s)? (\w+ )?(is|are|do|does|did|can|could|should|will|would|was|has|have)\b"
        + @"|(what|where|when|who)'s\b|(do|does|did|can|could|may|should|will|would|must) (you|i|we|they|it|the|this|that|my|your|someone|somebody|one)\b"
        + @"|(is|are|was|were) (there|it|this|that|my|your|the|you|they|these|those|any)\b|(have|has) (you|it|my|the|anyone)\b)", Reading)]
    private static partial Regex Begins();
}
