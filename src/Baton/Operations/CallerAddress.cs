using System.Net;
using System.Net.Sockets;

namespace Baton.Operations;

/// <summary>Where a caller comes from, for counting.</summary>
internal static class CallerAddress
{
    private const int NetworkBytes = 8;

    /// <summary>
    /// An address as it is counted and recorded; of IPv6 the network, because one caller has all of it.
    /// </summary>
    public static string Of(IPAddress? address)
    {
        if (address is null) return "unknown";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }
}
