using System.Buffers;

namespace Baton.Privacy.Finding.Links;

/// <summary>Words in the path and the parameters of a link that say that it opens something.</summary>
internal static class LinkSecrets
{
    /// <summary>A word, and what letters may stand right before and behind it; null allows any.</summary>
    private static readonly (string Word, string[]? Before, string[]? Behind)[] Words =
    [
        // "author", "authority" and "authentic" open nothing; "oauth", "authToken" and "authorization" do.
        ("auth", ["o", "x", "basic", "user", "http"],
            ["token", "code", "key", "id", "hash", "orization", "orisation", "orize", "enticate", "entication", "z", "n"]),
        ("session", ["user", "php", "web", "j"], ["s", "id", "key", "token"]),
        ("reset", ["password", "pw"], ["s", "code", "link", "key", "password", "token", "pw"]),
        ("magic", [], ["link", "login", "key", "code"]),
        ("invite", [], ["s", "code", "link", "key", "token"]),
        ("secret", null, ["s", "key", "id", "token"]),
        ("token", null, ["s", "id", "key", "value"]),
        ("signature", null, ["s"]),
        ("jwt", [], ["token"]),
        ("passw", null, null), ("apikey", null, null), ("key=", null, null), ("sig=", null, null), ("pwd=", null, null),
        ("sid=", null, null), ("code=", null, null), ("otp=", null, null),
        ("email=", null, null),
    ];

    private static readonly SearchValues<string> Starts =
        SearchValues.Create([.. Words.Select(w => w.Word)], StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether one of them is in it as a word, alone or joined to those that go with it.</summary>
    /// <param name="path">What follows the host.</param>
    public static bool Tell(ReadOnlySpan<char> path)
    {
        for (var from = 0; from < path.Length;)
        {
            var at = path[from..].IndexOfAny(Starts);
            if (at < 0) return false;
            at += from;
            foreach (var (word, before, behind) in Words)
                if (path[at..].StartsWith(word, StringComparison.OrdinalIgnoreCase)
                    && Fits(Letters(path, at, -1), before)
                    && (word[^1] == '=' || Fits(Letters(path, at + word.Length, 1), behind))) return true;
            from = at + 1;
        }
        return false;
    }

    private static bool Fits(ReadOnlySpan<char> letters, string[]? allowed)
    {
        if (letters.IsEmpty || allowed is null) return true;
        foreach (var word in allowed)
            if (letters.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    /// <summary>The letters that touch a place on one side, to the next capital: "reset" and "Token" are two words.</summary>
    private static ReadOnlySpan<char> Letters(ReadOnlySpan<char> path, int at, int step)
    {
        var end = at;
        if (step > 0)
        {
            while (end < path.Length && char.IsAsciiLetter(path[end]) && !IsHump(path, end)) end++;
            return path[at..end];
        }
        if (IsHump(path, at)) return [];
        while (end > 0 && char.IsAsciiLetter(path[end - 1]))
        {
            end--;
            if (IsHump(path, end)) break;
        }
        return path[end..at];
    }

    private static bool IsHump(ReadOnlySpan<char> path, int i) =>
        i > 0 && char.IsAsciiLetterUpper(path[i]) && char.IsAsciiLetterLower(path[i - 1]);
}
