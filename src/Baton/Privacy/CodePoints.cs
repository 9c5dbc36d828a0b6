namespace Baton.Privacy;

/// <summary>Offsets in code points (Python, the data sets) and in UTF-16 units (.NET).</summary>
internal static class CodePoints
{
    /// <summary>The UTF-16 index of every code point, and the text's length at the end.</summary>
    public static int[] Starts(string text)
    {
        var starts = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length; i++)
        {
            starts.Add(i);
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
        }
        starts.Add(text.Length);
        return [.. starts];
    }
}
