using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Baton.Customers;

/// <summary>
/// The one question that tells whether something is theirs: which e-mail address stands on it. It is asked once in a
/// conversation and only of who has stated none, its first answer counts, and a wrong one tells nothing.
/// </summary>
public static partial class VerifyingQuestion
{
    /// <summary>What is asked for, as a field of a ticket; a playbook may have words of its own for it.</summary>
    public const string Field = "identity";

    /// <summary>What is asked where the playbook has no words for it.</summary>
    public const string Text = "To show you this, which e-mail address is on the order?";

    /// <summary>Characters of an answer that are looked at.</summary>
    private const int Looked = 2_000;

    /// <summary>The address in an answer; null where there is none, or more than one: nobody gets to guess.</summary>
    public static string? Answer(string said) => Stated([said]);

    /// <summary>
    /// The address in what a customer has written without being asked: it answers the question as well as an answer
    /// does, and is as good for one guess. Null where there is none, or more than one.
    /// </summary>
    public static string? Stated(IEnumerable<string> said) =>
        said.SelectMany(Addresses).Distinct().Take(2).ToArray() is [var one] ? one : null;

    /// <summary>Whether the answer is what stands on the thing; the time it takes tells nothing.</summary>
    public static bool Fits(string answer, string owner) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(Normal(answer))),
        SHA256.HashData(Encoding.UTF8.GetBytes(Normal(owner))));

    private static IEnumerable<string> Addresses(string said) =>
        Address().Matches(Normal(said[..Math.Min(said.Length, Looked)])).Select(m => Normal(m.Value));

    /// <summary>Wide letters are those of ASCII; nothing else that only looks alike is.</summary>
    private static string Normal(string address) => string.Concat(
            address.Select(c => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c))
        .Trim().TrimEnd('.').ToLowerInvariant();

    [GeneratedRegex(@"[\p{L}\p{N}.!#$%&'*+/=?^_{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,250}[\p{L}\p{N}])?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
