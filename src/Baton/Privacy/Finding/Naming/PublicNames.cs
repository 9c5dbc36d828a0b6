namespace Baton.Privacy.Finding.Naming;

/// <summary>
/// Names that read like a person's and are nobody's: of brands, characters, clubs and places. Where words around say
/// that a person is called so ("my name is", "Mr", a signature), the finding of those words stands all the same.
/// </summary>
internal static class PublicNames
{
    private const int LongestName = 4;

    /// <summary>
    /// Brands and characters, in small letters without marks. None is a usual name of a living person.
    /// </summary>
    private static readonly string[] Brands =
    [
        // Clothes, shoes, jewellery, cosmetics.
        "alexander mcqueen", "abercrombie fitch", "brooks brothers", "bruno banani", "calvin klein",
        "carolina herrera", "christian dior", "christian louboutin", "daniel wellington",
        "diane von furstenberg", "dr martens", "doc martens", "eddie bauer", "elizabeth arden", "emilio pucci",
        "emporio armani", "estee lauder", "estée lauder", "giorgio armani", "guy laroche", "helena rubinstein",
        "helly hansen", "henri lloyd", "hugo boss", "jack wolfskin", "jean paul gaultier", "jil sander",
        "jimmy choo", "karl lagerfeld", "kate spade", "levi strauss", "louis vuitton", "marc o polo",
        "marc jacobs", "massimo dutti", "max mara", "michael kors", "miu miu", "nina ricci",
        "oscar de la renta", "paco rabanne", "pierre cardin", "ralph lauren", "ray ban", "rebecca minkoff",
        "salvatore ferragamo", "stella mccartney", "stuart weitzman", "tom tailor", "tommy bahama",
        "tommy hilfiger", "tory burch", "valentino garavani", "van cleef", "victoria secret",
        "vivienne westwood", "yves rocher", "yves saint laurent", "yves delorme",
        // Tools, cars, food and drink, banks, shops.
        "alfa romeo", "aston martin", "aunt jemima", "ben jerry", "black decker", "bang olufsen",
        "betty crocker", "captain morgan", "charles schwab", "dom perignon", "ernst young", "famous grouse",
        "harley davidson", "jack daniels", "jim beam", "john deere", "johnnie walker", "johnson johnson",
        "jose cuervo", "marks spencer", "mercedes benz", "merrill lynch", "morgan stanley", "rolls royce",
        "royal enfield", "uncle ben", "uncle bens", "wells fargo", "zwilling henckels",
        // Characters on things that are sold.
        "bob the builder", "buzz lightyear", "darth vader", "donald duck", "dora the explorer",
        "harry potter", "hello kitty", "indiana jones", "james bond", "lara croft", "luke skywalker", "mary poppins",
        "mickey mouse", "minnie mouse", "paddington bear", "peppa pig", "peter rabbit", "sherlock holmes",
        "super mario", "thomas the tank", "walt disney", "willy wonka", "winnie the pooh", "winnie pooh",
        // Clubs and places that no form tells.
        "aston villa", "borussia dortmund", "corpus christi", "inter milan", "real madrid", "martha vineyard",
        "paris saint germain", "virginia beach", "victoria falls", "victoria station", "charlotte amalie",
        "alice springs", "port elizabeth", "jackson hole", "jackson heights", "carson city", "salt lake",
    ];

    /// <summary>Before or behind the name of a town: its club.</summary>
    private static readonly string[] Clubs =
    [
        "ac", "acf", "afc", "as", "bsc", "ca", "cd", "cf", "cfc", "fc", "fk", "ifk", "kv", "ogc", "osc", "rb", "rc", "rcd",
        "sc", "sk", "ssc", "sv", "tsg", "tsv", "ud", "us", "vfb", "vfl",
    ];

    private static readonly string[] ClubEnds = ["fc", "cf", "sc", "united", "rovers", "wanderers", "athletic", "albion"];

    /// <summary>Before a name: a place.</summary>
    private static readonly string[] Saints = ["santa", "saint", "sainte", "sankt", "são"];

    /// <summary>The places whose first word can also be a name of a person.</summary>
    private static readonly string[] Sans =
    [
        "andres", "angelo", "antonio", "benito", "bernardino", "bruno", "carlos", "clemente", "cristobal", "diego",
        "dimas", "felipe", "fernando", "francisco", "gabriel", "gimignano", "giovanni", "ignacio", "isidro", "jacinto",
        "jose", "josé", "juan", "leandro", "lorenzo", "lucas", "luis", "marcos", "marino", "mateo", "miguel", "nicolas",
        "pablo", "pedro", "rafael", "ramon", "remo", "salvador", "sebastian", "sebastián", "siro", "vicente",
    ];

    private static readonly HashSet<ulong> Known = [.. Brands.Select(Key)];
    private static readonly HashSet<ulong> ClubWords = Words(Clubs), ClubEndWords = Words(ClubEnds);
    private static readonly HashSet<ulong> SaintWords = Words(Saints), SanWords = Words(Sans);
    private static readonly ulong San = Lexicon.Hash("san");

    /// <summary>Whether the words from <paramref name="first"/> to <paramref name="last"/> are one, or part of one.</summary>
    public static bool Hold(Reading reading, int first, int last)
    {
        if (!GoesOn(reading, last) && (IsBrand(reading, first, last) || IsPlace(reading, first, last))) return true;
        return IsClub(reading, first, last);
    }

    /// <summary>Takes them out of the findings from <paramref name="from"/> on.</summary>
    public static void Drop(Reading reading, int from)
    {
        for (var i = reading.Found.Count - 1; i >= from; i--)
        {
            var found = reading.Found[i];
            if (found.Type != PersonalDataType.Person) continue;
            var first = TokenAt(reading, found.Start);
            var last = first;
            while (last + 1 < reading.Tokens.Length && reading.Tokens[last + 1].Start < found.End) last++;
            if (Hold(reading, first, last)) reading.Found.RemoveAt(i);
        }
    }

    /// <summary>"Max Mara Schmidt" is a person.</summary>
    private static bool GoesOn(Reading reading, int last) =>
        (reading.Classes(last + 1) & (WordClass.FirstName | WordClass.LastName)) != 0
        && reading.Tokens[last + 1].IsCapitalised && !reading.Tokens[last + 1].StartsLine
        && !IsBrand(reading, last, last + 1);

    private static bool IsBrand(Reading reading, int first, int last)
    {
        for (var start = Math.Max(0, first - 2 * LongestName); start <= first; start++)
        {
            var (hash, words) = (Lexicon.Start, 0);
            for (var t = start; t < reading.Tokens.Length && words < LongestName; t++)
            {
                var token = reading.Tokens[t];
                if (t > start && token.StartsLine) break;
                if (token.IsMark) continue;
                hash = Next(hash, reading[token]);
                words++;
                if (t >= last && Known.Contains(hash)) return true;
            }
        }
        return false;
    }

    /// <summary>"Santa Monica", "Saint Louis", "San Diego", "Paris Saint Denis".</summary>
    private static bool IsPlace(Reading reading, int first, int last)
    {
        if ((reading.Classes(first) & WordClass.City) != 0 && IsSaint(reading, first + 1) && first < last) first++;
        if (IsSaint(reading, first - 1) && first == last) first--;
        return IsSaint(reading, first) && last - first <= 1 && !IsName(reading, first - 1);
    }

    /// <summary>A place named after a saint, from its first word.</summary>
    private static bool IsSaint(Reading reading, int i)
    {
        if (i < 0 || i + 1 >= reading.Tokens.Length || !reading.Tokens[i].IsCapitalised) return false;
        var next = reading.Mark(i + 1) is '.' or '-' ? i + 2 : i + 1;
        if (next >= reading.Tokens.Length || !reading.Tokens[next].IsCapitalised) return false;
        var word = Lexicon.Hash(reading[reading.Tokens[i]]);
        return SaintWords.Contains(word)
            || word == San && SanWords.Contains(Lexicon.Hash(reading[reading.Tokens[next]]));
    }

    /// <summary>"AC Milan", "FC Dallas", "Dallas FC", "Boston United": a town and what its club calls itself.</summary>
    private static bool IsClub(Reading reading, int first, int last)
    {
        if (IsWritten(reading, first, ClubWords) && first < last) first++;
        else if (IsWritten(reading, last, ClubEndWords) && first < last) last--;
        else if (!IsWritten(reading, first - 1, ClubWords) && !IsWritten(reading, last + 1, ClubEndWords)) return false;
        return first == last && (reading.Classes(first) & WordClass.City) != 0;
    }

    private static bool IsWritten(Reading reading, int i, HashSet<ulong> words) =>
        (uint)i < (uint)reading.Tokens.Length && reading.Tokens[i].IsCapitalised
        && words.Contains(Lexicon.Hash(reading[reading.Tokens[i]]));

    /// <summary>"Maria Santa Cruz" is a person.</summary>
    private static bool IsName(Reading reading, int i) =>
        (reading.Classes(i) & (WordClass.FirstName | WordClass.Title)) != 0 && reading.Tokens[i].IsCapitalised;

    private static int TokenAt(Reading reading, int start)
    {
        var (low, high) = (0, reading.Tokens.Length - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (reading.Tokens[middle].End <= start) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static HashSet<ulong> Words(string[] words) => [.. words.Select(w => Lexicon.Hash(w))];

    private static ulong Key(string name) =>
        name.Split(' ').Aggregate(Lexicon.Start, (hash, word) => Next(hash, word));

    /// <summary>The hash of one word more.</summary>
    private static ulong Next(ulong hash, ReadOnlySpan<char> word)
    {
        foreach (var c in word) hash = Lexicon.Next(hash, c);
        return Lexicon.Step(hash, ' ');
    }
}
