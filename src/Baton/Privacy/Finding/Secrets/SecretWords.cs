using System.Buffers;
using System.Collections.Frozen;

namespace Baton.Privacy.Finding.Secrets;

/// <summary>How the text leads from "password" to the password.</summary>
internal enum Announcement { None, Verb, Colon }

/// <summary>The words around a secret: what completes a cue, what announces, what is no secret.</summary>
internal static class SecretWords
{
    private static readonly SearchValues<char> Masks = SearchValues.Create("*.x•_-#");

    private const int AnnouncementReach = 5;
    private const int CueReach = 4;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Verbs = Set(
        "is are was ist war lautet lauten es era est était è be been to as zu número number nummer now jetzt");

    /// <summary>Before "key", "token", "secret": what makes it a credential.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KeyWords = Set(
        "api access secret private auth authentication authorization bearer client consumer signing webhook refresh "
        + "aws azure app deploy encryption master account session security integration");

    /// <summary>Before "code": what makes it a one-time code or a card's security code.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> CodeWords = Set(
        "time verification verify security login signin sms auth authentication authenticator 2fa mfa otp access "
        + "passcode pass cvv cvc card backup recovery unlock sicherheits bestätigungs seguridad verificación sécurité "
        + "vérification sicurezza verifica");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ordinary = Set(
        "wrong reset forgotten forgot lost invalid incorrect expired not it it's its doesn't does don't i the a an my "
        + "your please cannot can't how what why when where see same none nothing unknown required changed change "
        + "needs need no yes is was this that there he she we they you if still never always help failed fails error "
        + "denied rejected blocked locked hidden redacted secret password n/a");

    /// <summary>
    /// Is this word, with those around it, a cue? "key" alone opens a door, "code" alone may be a coupon's.
    /// </summary>
    public static bool CompletesCue(Reading reading, int i)
    {
        var word = reading[reading.Tokens[i]];
        if (IsFrenchWord(word)) return Before(reading, i, 2, "mot");
        if (IsCode(reading, i)) return true;
        if (word.Equals("apikey", StringComparison.OrdinalIgnoreCase)
            || word.Equals("secret", StringComparison.OrdinalIgnoreCase)) return true;
        return !IsCodeWord(word) && AnyBefore(reading, i, KeyWords);
    }

    /// <summary>Does this cue announce a key, which is long and random, rather than a password?</summary>
    public static bool IsKey(Reading reading, int i) =>
        reading.Tokens[i].Is(WordClass.CueCode) && !IsFrenchWord(reading[reading.Tokens[i]]);

    /// <summary>Is it a code of a few digits, such as "one-time code", rather than a key?</summary>
    public static bool IsCode(Reading reading, int i) =>
        IsCodeWord(reading[reading.Tokens[i]]) && AnyBefore(reading, i, CodeWords);

    /// <summary>The token behind "is", ":", "->" and the like.</summary>
    public static int SkipAnnouncement(Reading reading, int i, out Announcement announced)
    {
        announced = Announcement.None;
        var next = i + 1;
        for (; next < reading.Tokens.Length && next - i <= AnnouncementReach; next++)
        {
            var mark = reading.Mark(next);
            if (mark is ':' or '=') announced = Announcement.Colon;
            else if (mark is '>' or '-' or '\u2192' && (mark != '-' || !reading.Touch(next - 1, next)))
                announced = Announcement.Colon;
            else if (!reading.Tokens[next].IsMark && announced != Announcement.Colon
                && Verbs.Contains(reading[reading.Tokens[next]])) announced = Announcement.Verb;
            else break;
        }
        return next;
    }

    /// <summary>A word with which a sentence about a password goes on.</summary>
    public static bool IsOrdinary(ReadOnlySpan<char> word) =>
        Ordinary.Contains(word.TrimEnd(".,;:!?")) || word.Length > 0 && word[0] == '[';

    /// <summary>"****", "[SECRET_1]", "&lt;password&gt;": no secret, or one no more.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept(Masks) || value[0] == '<' && value[^1] == '>' || Placeholders.LengthAt(value, 0) > 0
        || IsOrdinary(value);

    /// <summary>The last word of "mot de passe".</summary>
    private static bool IsFrenchWord(ReadOnlySpan<char> word) =>
        word.Equals("passe", StringComparison.OrdinalIgnoreCase);

    private static bool IsCodeWord(ReadOnlySpan<char> word) =>
        word.Length is >= 4 and <= 9 && (word.StartsWith("cod", StringComparison.OrdinalIgnoreCase)
            || word.StartsWith("cód", StringComparison.OrdinalIgnoreCase));

    private static bool Before(Reading reading, int i, int words, string wanted)
    {
        for (var at = i - 1; at >= 0 && i - at <= words; at--)
            if (reading[reading.Tokens[at]].Equals(wanted, StringComparison.OrdinalIgnoreCase)) return true;
        return false;
    }

    private static bool AnyBefore(
        Reading reading, int i, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> words)
    {
        for (var at = i - 1; at >= 0 && i - at <= CueReach; at--)
        {
            if (reading.Tokens[at].IsMark)
            {
                if (reading.Mark(at) is not ('-' or '_' or '.')) return false;
                continue;
            }
            if (words.Contains(reading[reading.Tokens[at]])) return true;
            if (reading[reading.Tokens[at]].Length > 3) return false;
        }
        return false;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
