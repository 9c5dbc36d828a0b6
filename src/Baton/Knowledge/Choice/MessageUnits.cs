using System.Text.RegularExpressions;
using Baton.Knowledge.Markdown;

namespace Baton.Knowledge.Choice;

/// <summary>What a message asks for, sentence by sentence.</summary>
/// <param name="Questions">Its questions and clauses of questions; wishes where it has none, all sentences where it has
/// neither.</param>
/// <param name="Asked">How many of them are real questions.</param>
internal sealed partial record MessageUnits(IReadOnlyList<string> Questions, int Asked)
{
    private const int MostUnits = 6;
    private const int ShortestClause = 12;

    private const string Denial =
        @"^\W*((and|also|besides|plus|so|but|or|then|hi|hello|hey|ok|please)\b\W*)*(do|does|did)( not|n['’]?t)";

    private const RegexOptions Reading =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
        | RegexOptions.ExplicitCapture;

    private static readonly string[] Wishes =
    [
        "i want", "i need", "i would like", "i'd like", "id like", "please", "tell me", "let me know", "i wonder",
        "wondering", "looking for", "i am trying", "i'm trying", "want to", "need to", "trying to", "not sure if",
        "not sure whether", "don't know", "dont know", "question is", "asking",
    ];

    private static readonly string[] Pronouns =
        ["it", "that", "they", "them", "this", "those", "these", "one", "ones"];

    public static MessageUnits Of(string text)
    {
        var sentences = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            foreach (var (start, end) in Sentences.In(line, 0, line.Length)) AddAsked(sentences, line[start..end]);
        var questions = Take(sentences, IsQuestion);
        if (questions.Count > 0) return new MessageUnits(questions, questions.Count);
        var wishes = Take(sentences, IsWish);
        return new MessageUnits(wishes.Count > 0 ? wishes : Take(sentences, s => s.Length >= ShortestClause), 0);
    }

    /// <summary>
    /// In a chat the next sentence begins with a small letter: a question mark ends a sentence all the same.
    /// </summary>
    private static void AddAsked(List<string> sentences, string sentence)
    {
        while (sentence.IndexOf("? ", StringComparison.Ordinal) is >= 0 and var mark)
        {
            sentences.Add(sentence[..(mark + 1)]);
            sentence = sentence[(mark + 2)..].TrimStart();
        }
        if (sentence.Length > 0) sentences.Add(sentence);
    }

    private static List<string> Take(List<string> sentences, Func<string, bool> wanted)
    {
        var units = new List<string>();
        for (var i = 0; i < sentences.Count && units.Count < MostUnits; i++)
        {
            if (!wanted(sentences[i])) continue;
            var before = i > 0 ? sentences[i - 1] : null;
            foreach (var clause in Clauses(sentences[i]))
            {
                if (units.Count < MostUnits)
                    units.Add(before is not null && Refers(clause) ? $"{before} {clause}" : clause);
                before = clause;
            }
        }
        return units;
    }

    /// <summary>Whether a sentence asks for something rather than tells.</summary>
    public static bool Asks(string sentence) => IsQuestion(sentence) || IsWish(sentence);

    private static bool IsQuestion(string sentence) =>
        sentence.EndsWith('?') || BeginsToAsk(sentence) || Inside().IsMatch(sentence);

    private static bool BeginsToAsk(string sentence) =>
        Begins().IsMatch(sentence) && (!Denies().IsMatch(sentence) || DeniesAndAsks().IsMatch(sentence));

    /// <summary>"Can you pay it out" says what it is about in the sentence before.</summary>
    internal static bool Refers(string clause) => clause.Split(' ', '?', ',', '.').Any(
        word => Pronouns.Contains(word, StringComparer.OrdinalIgnoreCase));

    private static bool IsWish(string sentence) =>
        Wishes.Any(wish => sentence.Contains(wish, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// "Do you ship to Canada and how long does it take" asks twice: it is cut where a question begins again. What
    /// only leads to a question, "if I send it back, what does it cost", stays with it.
    /// </summary>
    private static IEnumerable<string> Clauses(string sentence)
    {
        var start = 0;
        foreach (Match joint in Joint().Matches(sentence))
        {
            var (clause, next) = (sentence[start..joint.Index], sentence[(joint.Index + joint.Length)..]);
            if (clause.Length < ShortestClause || next.Length < ShortestClause) continue;
            if (!BeginsToAsk(next) && !Leads().IsMatch(next)) continue;
            if (!joint.Value.EndsWith("and ", StringComparison.OrdinalIgnoreCase) && !IsQuestion(clause)) continue;
            yield return clause;
            start = joint.Index + joint.Length;
        }
        yield return sentence[start..];
    }

    /// <summary>A question from its first word on, or from a colon on, after greetings, numbers and "also".</summary>
    [GeneratedRegex(@"(^|: ?)\W*((and|also|besides|plus|so|but|or|then|hi|hello|hey|ok|first|second|secondly|third|lastly|question|q|p ?s|\d)\b\W*)*"
        + @"(((for|by|until|till|within|in|at|from|to|on|with|since) )?(how|what|when|where|which|who|whose|why)('?s|'?re|'?d|'?ll)?\b"
        + @"|(can|could|do|does|did|is|are|will|would|should|may|must|am|was|were|has)(n'?t)? \w"
        + @"|have (you|i|we|they|he|she)\b|any (chance|way|idea)\b)", Reading)]
    private static partial Regex Begins();

    /// <summary>"Do not send it", "doesn't matter": begins as a question does, and is none.</summary>
    [GeneratedRegex(Denial + " ", Reading)]
    private static partial Regex Denies();

    /// <summary>"Don't you ship to Canada", "doesn't the tent have a floor", "don't know if it does".</summary>
    [GeneratedRegex(
        Denial + " (you|i|we|they|he|she|it|this|that|these|those|the|your|my|our|any|a|know)\\b", Reading)]
    private static partial Regex DeniesAndAsks();

    /// <summary>A question that a statement leads to without a stop: "1 buckle is cracked whats a new one cost".</summary>
    [GeneratedRegex(@"\b(what('?s| is| are| does| do| would| must| should)|how('?s| much| long| many| do| does| can| is| soon| far)|where (can|do|is)|when (can|do|does|will|is)"
        + @"|can (i|we|you)|do (you|u|i|we)|does (it|this|that)|could (i|we|you)|is (it|there)|are (there|you)|will (you|it|i)) ", Reading)]
    private static partial Regex Inside();

    /// <summary>"If I quit the club do I lose what I collected": a condition before a question.</summary>
    [GeneratedRegex(@"^(if|when|once|should|in case|for|after|before) .*\b(what|how|when|where|which|who|can|could|do|does|is|are|will|would|should|may|must)\b", Reading)]
    private static partial Regex Leads();

    [GeneratedRegex(@",? (and|also|plus|but|or) (also )?|; |, |[.:]? \(?\d[).] ?", Reading)]
    private static partial Regex Joint();
}
