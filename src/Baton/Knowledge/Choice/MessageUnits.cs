using Baton.Knowledge.Markdown;

namespace Baton.Knowledge.Choice;

/// <summary>What a message asks for, sentence by sentence.</summary>
/// <param name="Questions">Its questions and clauses of questions; wishes where it has none, all sentences where it has
/// neither.</param>
/// <param name="Asked">How many of them are real questions.</param>
internal sealed record MessageUnits(IReadOnlyList<string> Questions, int Asked)
{
    private const int MostUnits = 6;
    private const int ShortestClause = 12;

    private static readonly string[] Interrogatives =
    [
        "how", "what", "when", "where", "which", "who", "why", "can", "could", "do", "does", "did", "is", "are", "will",
        "would", "should", "may", "must", "am", "was", "were", "has", "have",
    ];

    private static readonly string[] Wishes =
    [
        "i want", "i need", "i would like", "i'd like", "id like", "please", "tell me", "let me know", "i wonder",
        "wondering", "looking for", "i am trying", "i'm trying", "want to", "need to", "trying to", "not sure if",
        "not sure whether", "don't know", "dont know", "question is", "asking",
    ];

    private static readonly string[] Openings = ["and", "also", "or", "but", "so", "plus"];

    private static readonly string[] Seconds =
        [" do i", " can i", " is it", " does ", " if i", " what ", " how ", " will ", " are "];

    private static readonly string[] Pronouns = ["it", "that", "they", "them", "this", "those", "these", "one", "ones"];

    private static readonly string[] Joints = [", and ", " and ", ", also ", " also ", " plus ", "; ", " (2) ", " 2. "];

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
            foreach (var clause in Clauses(sentences[i]))
                if (units.Count < MostUnits)
                    units.Add(i > 0 && Refers(clause) ? $"{sentences[i - 1]} {clause}" : clause);
        }
        return units;
    }

    private static bool IsQuestion(string sentence) =>
        sentence.EndsWith('?') || Interrogatives.Contains(FirstWord(sentence), StringComparer.OrdinalIgnoreCase)
        || (Openings.Contains(FirstWord(sentence), StringComparer.OrdinalIgnoreCase)
            && Seconds.Any(s => sentence.Contains(s, StringComparison.OrdinalIgnoreCase)));

    /// <summary>"Can you pay it out" says what it is about in the sentence before.</summary>
    internal static bool Refers(string clause) => clause.Split(' ', '?', ',', '.').Any(
        word => Pronouns.Contains(word, StringComparer.OrdinalIgnoreCase));

    private static bool IsWish(string sentence) =>
        Wishes.Any(wish => sentence.Contains(wish, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// "Do you ship to Canada and how long does it take" asks twice: it is cut where a question begins again.
    /// </summary>
    private static IEnumerable<string> Clauses(string sentence)
    {
        var start = 0;
        for (var i = ShortestClause; i < sentence.Length - ShortestClause; i++)
        {
            var joint = Joints.FirstOrDefault(j => string.CompareOrdinal(sentence, i, j, 0, j.Length) == 0);
            if (joint is null || i - start < ShortestClause) continue;
            var next = sentence[(i + joint.Length)..];
            if (next.Length < ShortestClause
                || !Interrogatives.Contains(FirstWord(next), StringComparer.OrdinalIgnoreCase)) continue;
            yield return sentence[start..i];
            start = i + joint.Length;
            i = start;
        }
        yield return sentence[start..];
    }

    private static string FirstWord(string text)
    {
        var end = 0;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return text[..end];
    }
}
