using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Baton.People.SignIn;

/// <summary>
/// Codes of authenticator apps: RFC 6238 with the values every app has, SHA-1, 30 seconds, six digits.
/// </summary>
internal static class OneTimeCodes
{
    private const int StepSeconds = 30, KeyBytes = 20, Digits = 1_000_000;

    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A new key, in base 32 (RFC 4648) as apps take it.</summary>
    public static string NewKey() => RandomNumberGenerator.GetString(Letters, KeyBytes * 8 / 5);

    /// <summary>What apps read from a link or a picture.</summary>
    public static string Link(string key, string email) =>
        $"otpauth://totp/Baton:{Uri.EscapeDataString(email)}?secret={key}&issuer=Baton";

    /// <summary>
    /// The step that a code is of, among the one of now and its neighbours, later than the last one used; or null.
    /// </summary>
    public static long? StepOf(string key, string code, DateTimeOffset now, long lastUsed)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        var current = now.ToUnixTimeSeconds() / StepSeconds;
        long? found = null;
        for (var step = current - 1; step <= current + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(
                System.Text.Encoding.UTF8.GetBytes(Code(key, step)), System.Text.Encoding.UTF8.GetBytes(digits))
                && step > lastUsed) found = step;
        return found;
    }

    /// <summary>The code of a moment.</summary>
    public static string Code(string key, DateTimeOffset at) => Code(key, at.ToUnixTimeSeconds() / StepSeconds);

    private static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8], hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238 as apps speak it; HMAC does not need a hash without collisions.
        HMACSHA1.HashData(Bytes(key), counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % Digits).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string key)
    {
        var bytes = new byte[key.Length * 5 / 8];
        var (bits, held, at) = (0, 0, 0);
        foreach (var letter in key)
        {
            (bits, held) = ((bits << 5 | Letters.IndexOf(letter, StringComparison.Ordinal)) & 0xFFFF, held + 5);
            if (held < 8) continue;
            held -= 8;
            bytes[at++] = (byte)(bits >> held);
        }
        return bytes;
    }
}
