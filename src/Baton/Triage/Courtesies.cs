using System.Buffers;
using System.Text.RegularExpressions;

namespace Baton.Triage;

/// <summary>
/// Tells a greeting, thanks or kind words from a request. Works on words, and in doubt says it is a request: a courtesy
/// begins as one, is short, asks nothing, and speaks of nothing that the customer has or got.
/// </summary>
internal static partial class Courtesies
{
    private const RegexOptions Loose =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>Words of a courtesy at most. A greeting is shorter: what follows it is the matter.</summary>
    private const int MostWords = 10, MostOfGreeting = 4;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!\n");

    /// <param name="clause">A part of a message, of one sentence or more: it is a courtesy when every sentence
    /// is.</param>
    public static bool Is(ReadOnlySpan<char> clause)
    {
        if (clause.Contains('?')) return false;
        var kind = false;
        foreach (var range in clause.SplitAny(Ends))
        {
            var sentence = clause[range].Trim();
            if (sentence.IsEmpty) continue;
            if (Matter().IsMatch(sentence)) return false;
            if (!Opening().IsMatch(sentence) && Word().Count(sentence) > 1) return false;
            if (Word().Count(sentence) > (Greeting().IsMatch(sentence) ? MostOfGreeting : MostWords)) return false;
            kind = true;
        }
        return kind;
    }

    [GeneratedRegex(@"[\w']+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\W*(p ?s\W+)?(hello|hi|hey|dear|good (morning|day|afternoon|evening))\b", Loose)]
    private static partial Regex Greeting();

    [GeneratedRegex(@"^\W*(p ?s\W+)?((many|kind|best|warm|a big)\s+)?(thanks?|cheers|greetings|regards|wishes|hello|hi|hey|dear"
        + @"|good (morning|day|afternoon|evening)|have a (nice|great|good|lovely|wonderful)|keep up|i (really |just )?(love|like|enjoy|appreciate)"
        + @"|(we|you) (all |guys |really )?(love|are (great|wonderful|the best))|love (the|your)|great (shop|store|service|team|job))\b", Loose)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\b(please|can|could|would|will|want|need|wish to|like to|where|when|how|why|what|which|who|whether|if|cancel\w*|refund\w*"
        + @"|return\w*|exchang\w*|chang\w*|send|replac\w*|repair\w*|call|explain|tell|but|still|not|never|n't|broken|missing|wrong|lost"
        + @"|my|our|mine|order\w*|parcel\w*|package\w*|arriv\w*|came|come|got|bought|receiv\w*|paid|charg\w*)\b",
        Loose)]
    private static partial Regex Matter();
}
