using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Operations;

/// <summary>
/// Which share of conversations something is done for. It follows from the conversation alone, so every process, every
/// turn and every replay draws the same.
/// </summary>
internal static class Share
{
    /// <summary>A number from 0 up to 1, evenly spread over conversations, other for each salt.</summary>
    /// <param name="salt">What is drawn for, such as <c>autonomy</c>: one share must not be part of another.</param>
    public static double Of(string conversation, string salt)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{salt}\n{conversation}"), hash);
        // As many bits as a double holds, so that it never rounds up to 1.
        return (BinaryPrimitives.ReadUInt64LittleEndian(hash) >> 11) / (double)(1UL << 53);
    }
}
