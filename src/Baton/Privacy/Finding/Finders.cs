using Baton.Privacy.Finding.Cards;
using Baton.Privacy.Finding.Links;
using Baton.Privacy.Finding.Naming;
using Baton.Privacy.Finding.Numbers;
using Baton.Privacy.Finding.Secrets;

namespace Baton.Privacy.Finding;

/// <summary>All finders that work by form and by the words around.</summary>
internal static class Finders
{
    private const WordClass AddressStarts = WordClass.StreetLead | WordClass.PostBox;

    /// <summary>Adds every finding of every finder; they may overlap.</summary>
    public static void Search(Reading reading)
    {
        var seen = reading.Seen;
        if (seen.MayHave('@') || seen.MayHave('(') || seen.MayHave('[') || seen.MayHave('{')) EmailFinder.Find(reading);
        if (seen.MayHave('.') || seen.MayHave(':')) WebFinder.Find(reading);
        if (seen.MayHave('=') || seen.MayHave('%') || seen.MayHave('/')) LinkPartFinder.Find(reading);
        if (seen.MayHave(':')) NetworkFinder.Find(reading);
        if (seen.HasDigits) CardFinder.Find(reading);
        if (seen.HasDigits) NumberFinder.Find(reading);
        if (seen.HasDigits) PostcodeFinder.Find(reading);
        KeyFinder.Find(reading);
        FindByWords(reading);
    }

    /// <summary>What begins at a word or number: most words are passed over by one look at their classes.</summary>
    private static void FindByWords(Reading reading)
    {
        var addressed = -1;
        var tokens = reading.Tokens;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref readonly var token = ref tokens[i];
            var looks = token.Looks & (Looks.Digits | Looks.Capital);
            if (looks == 0 && !token.Is(WordClass.Starts | AddressStarts)) continue;
            if (i > addressed && (looks != 0 || token.Is(AddressStarts)))
                addressed = Math.Max(addressed, AddressFinder.FindAt(reading, i));
            if (!token.Is(WordClass.Starts)) continue;
            NameFinder.FindAt(reading, i);
            OrganisationFinder.FindAt(reading, i);
            if (token.Is(WordClass.Corner)) addressed = Math.Max(addressed, AddressFinder.FindCorner(reading, i));
            if (token.Is(WordClass.Weekday | WordClass.Month)) DateFinder.FindNamed(reading, i);
            if (token.Is(WordClass.CueSecret | WordClass.CueCode)) SecretFinder.FindAt(reading, i);
        }
    }
}
