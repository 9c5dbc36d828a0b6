using System.Security.Cryptography;
using System.Text;

namespace Baton.Channels.Helpdesks;

/// <summary>Compares what a request is signed with to what it should be.</summary>
internal static class SignatureCheck
{
    private const int LongestValue = 512;

    /// <summary>
    /// Whether a value is one of those that are right. Looks at every one, so that the time tells nothing.
    /// </summary>
    public static bool Fits(string given, IEnumerable<string> right)
    {
        if (given.Length is 0 or > LongestValue) return false;
        var (found, bytes) = (false, Encoding.UTF8.GetBytes(given));
        foreach (var one in right) found |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), bytes);
        return found;
    }
}
