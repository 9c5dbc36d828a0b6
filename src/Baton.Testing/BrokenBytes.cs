using System.Text;

namespace Baton.Testing;

/// <summary>Makes bytes that are nearly right: what parsers must survive.</summary>
public static class BrokenBytes
{
    private static readonly string[] Parts =
    [
        "{", "}", "[", "null", "\"", ",", ":", "1e999", "\\ud800", "\0", "é", "true", "{\"a\":", "[[[[[[[[",
    ];

    /// <summary>One to five changes of genuine bytes; the same for the same state of the dice.</summary>
    public static byte[] Of(Random random, byte[] genuine)
    {
        var bytes = genuine.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(5))
            {
                case 0 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Parts[random.Next(Parts.Length)])); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at)); break;
                case 3: bytes = [.. bytes.Take(at)]; break;
                default: bytes.InsertRange(at, bytes[..Math.Min(30, bytes.Count)]); break;
            }
        }
        return [.. bytes];
    }
}
