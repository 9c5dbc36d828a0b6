namespace Baton.Triage.Intents;

/// <summary>
/// Finds the parts of a message that are about something of their own: sentences, and clauses joined by "and".
/// </summary>
internal static class MessageParts
{
    private const int MaxParts = 20, FewestWords = 3;
    private const double Floor = 0.5;

    private static readonly string[] Joints = [" and ", " also ", " but ", " plus ", " as well as ", "; "];

    public static IReadOnlyList<IntentPart> Recognise(string text, IntentModel model)
    {
        var found = new List<IntentPart>();
        foreach (var (start, length) in Split(text))
        {
            var prediction = model.Predict(text.AsSpan(start, length));
            if (prediction.IsOutOfScope || prediction.Confidence < Floor) continue;
            var kind = Courtesies.Is(text.AsSpan(start, length));
            var same = found.FindIndex(p => p.Prediction.Intent == prediction.Intent);
            if (same < 0)
            {
                found.Add(new IntentPart(start, length, prediction) { IsCourtesy = kind });
                continue;
            }
            var known = found[same];
            found[same] = known with
            {
                Prediction = known.Prediction.Confidence < prediction.Confidence ? prediction : known.Prediction,
                IsCourtesy = known.IsCourtesy && kind,
            };
        }
        return found.Count > 0 ? found : [new IntentPart(0, text.Length, model.Predict(text))];
    }

    /// <summary>Where the parts lie. A clause too short to stand alone stays with the one before it.</summary>
    private static List<(int Start, int Length)> Split(string text)
    {
        var parts = new List<(int Start, int Length)>();
        var start = 0;
        for (var i = 0; i < text.Length && parts.Count < MaxParts - 1; i++)
        {
            var width = Cut(text, i);
            if (width == 0 || Words(text.AsSpan(start, i - start)) < FewestWords
                || Words(text.AsSpan(i + width)) < FewestWords) continue;
            parts.Add((start, i - start));
            start = i + width;
            i = start - 1;
        }
        parts.Add((start, text.Length - start));
        return parts;
    }

    /// <summary>How many characters separate two parts here; 0 when they belong together.</summary>
    private static int Cut(string text, int at)
    {
        if (text[at] == '\n') return 1;
        if (text[at] is '.' or '?' or '!' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]))) return 1;
        if (text[at] is not (' ' or ';')) return 0;
        foreach (var joint in Joints)
            if (string.Compare(text, at, joint, 0, joint.Length, StringComparison.OrdinalIgnoreCase) == 0)
                return joint.Length;
        return 0;
    }

    /// <summary>Counts no further than needed, so that a long message costs no more than its length.</summary>
    private static int Words(ReadOnlySpan<char> text)
    {
        var (words, inside) = (0, false);
        foreach (var c in text)
        {
            var letter = char.IsLetterOrDigit(c);
            if (letter && !inside && ++words == FewestWords) return words;
            inside = letter;
        }
        return words;
    }
}
