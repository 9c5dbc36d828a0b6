using System.Text.RegularExpressions;
using Baton.Text;

namespace Baton.Triage;

/// <summary>
/// Tells "that solved it, thanks" from everything else. In doubt it is something else: a message that says one thing
/// more, asks, or denies is for a person.
/// </summary>
internal static partial class SolvedWords
{
    private const RegexOptions Loose =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private const int LongestMessage = 300;

    /// <param name="message">The customer's own words.</param>
    public static bool Say(string message)
    {
        var text = FoldedText.Of(message[..SignOff.Start(message)]);
        if (text.Length is 0 or > LongestMessage || text.Contains('?')) return false;
        var said = false;
        foreach (var clause in text.Split(['.', '!', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = Marks().Replace(clause, " ").Trim();
            if (plain.Length == 0 || Courtesies.Is(plain) || Filler().IsMatch(plain)) continue;
            if (!Solved().IsMatch(plain)) return false;
            said = true;
        }
        return said;
    }

    /// <summary>Emoji, brackets, dashes: they say nothing more.</summary>
    [GeneratedRegex(@"[^\w\s'’]+")]
    private static partial Regex Marks();

    [GeneratedRegex(@"^(yes|yep|yeah|ok|okay|oh|ah|great|perfect|super|cool|nice|awesome|brilliant|good|hooray|all good)"
        + @"( (team|all|everyone|cool|great|thanks|perfect))?$", Loose)]
    private static partial Regex Filler();

    [GeneratedRegex(@"^((yes|yep|ok|okay|great|perfect|thanks|thank you|cool|and|so) ){0,2}"
        + @"((that|this|it|which|you|the (first|second|third|last|top) (one|passage|article|text|answer)|one of (them|those|these)"
        + @"|(number|no|passage) [123]|your (message|answer|mail|article|text|tip|link))('s|'ve|’s|’ve)?"
        + @"( (has|have|had|is|just|already|really|actually|totally|did|now|all|indeed)){0,2} )?"
        + @"(solved|solves|fixed|fixes|answered|answers|sorted|settled|resolved|cleared up|did the trick|does the trick|helped|worked|works now)"
        + @"( (it|this|that|everything|all|things|me|my (question|problem|issue|matter)|the (question|problem|issue|matter)))?"
        + @"( (now|out|up|already|for me|thanks|thank you|thanks a lot|perfectly|completely|many thanks|cheers)){0,2}$"
        + @"|^(my |the )?(question|problem|issue|matter)('s| is| has been| was)?( now| all| already)? (solved|answered|fixed|sorted|resolved|settled)( now| thanks| thank you)?$",
        Loose)]
    private static partial Regex Solved();
}
