namespace Baton.Knowledge.Indexing;

/// <summary>English words that say nothing about which article is meant.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Words =
    [
        .. ("a about above after again all also am an and any are as at be because been before being below between both " +
            "but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few for from " +
            "further had has have having he her here here's hers him his how i i'd i'll i'm i've if in into is isn't it " +
            "it's its just me more most my no nor not of off on once only or other our ours out over own please same she " +
            "should so some such than that that's the their theirs them then there there's these they this those through " +
            "to too under until up very was wasn't way we we're were what what's when where which while who whom whose why " +
            "whats hows dont cant didnt doesnt im ive will with won't would you you're your yours anyone know like want need get use using help").Split(' '),
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Words.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => word.Length <= 9 && Lookup.Contains(word);
}
