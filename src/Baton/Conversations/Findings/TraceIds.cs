using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Baton.Conversations.Findings;

/// <summary>
/// The trace of a turn has an id that follows from ticket and turn, so that whoever has the one finds the other, in
/// every
/// process and after years, and nothing has to be kept for it.
/// </summary>
public static class TraceIds
{
    private const int Bytes = 16;

    /// <summary>32 hexadecimal digits, as W3C Trace Context writes them.</summary>
    public static string Of(string ticket, int turn) => Id(ticket, turn).ToHexString();

    internal static ActivityTraceId Id(string ticket, int turn) => ActivityTraceId.CreateFromBytes(
        SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{ticket}\n{turn}"))).AsSpan(0, Bytes));
}
