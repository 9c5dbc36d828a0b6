using System.Collections.Frozen;

namespace Baton.Knowledge.Grounding;

/// <summary>English words that carry grammar and no fact. Negations and quantities are not among them.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> Words =
        ("a about also am an and any are as at be been being but by did do does doing for from had has have having he her " +
        "hers him his how i if in into is it it's its itself just me my of on or our ours she so some such than that that's " +
        "the their theirs them then there there's these they this those through to too very was we were what when where " +
        "which while who whom whose why will with would you your yours can could may might should shall must s t re ve ll d m " +
        "up out well one other another").Split(' ').ToFrozenSet();

    public static bool Contains(string form) => Words.Contains(form);
}
