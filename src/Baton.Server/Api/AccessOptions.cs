using System.Globalization;
using System.Net;
using Baton.Operations;
using Baton.Operations.Links;
using Baton.People.SignIn;
using Baton.Playbooks.Loading.Source;

namespace Baton.Server.Api;

/// <summary>How people and programs reach this installation.</summary>
internal sealed record AccessOptions
{
    /// <summary>
    /// Where people open the console, for example <c>https://support.example.com</c>; null: as they came.
    /// </summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>
    /// Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; none by default.
    /// </summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary>Refused log-ins of one address, or with one key, before it has to wait; 1 to 1,000.</summary>
    public int LogInAttempts { get; init; } = 10;

    /// <summary>How long refused log-ins count, 1 s to 1 day.</summary>
    public TimeSpan LogInWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong passwords or codes in a row that close an account, 3 to 1,000, and for how long.</summary>
    public LockOut LockOut { get; init; } = new(10, TimeSpan.FromMinutes(15));

    /// <summary>Whether browsers may send cookies over TLS only, whatever the request looks like from here.</summary>
    public bool IsSecure => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <summary>
    /// Reads <c>BATON__PublicUrl</c>, <c>BATON__Proxy__Known</c> and <c>BATON__LogIn__…</c>: <c>Attempts</c>,
    /// <c>Window</c>, <c>LockAfter</c>, <c>LockFor</c>.
    /// </summary>
    /// <param name="settings">Collects what cannot be used; where it is wrong, the default stands.</param>
    public static AccessOptions Read(SettingsReader settings)
    {
        var defaults = new AccessOptions();
        settings.Names("Proxy", "Known");
        settings.Names("LogIn", "Attempts", "Window", "LockAfter", "LockFor");
        return new AccessOptions
        {
            PublicUrl = settings.Read("PublicUrl", PublicAddress.Read, PublicAddress.Use),
            KnownProxies = settings.Read("Proxy:Known", Networks,
                "addresses or networks with commas between them, such as 10.0.0.7,10.1.0.0/16") ?? [],
            LogInAttempts = (int?)settings.Read("LogIn:Attempts", Attempts, "a whole number, 1 to 1,000")
                ?? defaults.LogInAttempts,
            LogInWindow = (TimeSpan?)settings.Read("LogIn:Window", Window, "a time such as 5m or 00:05:00, 1s to 1d")
                ?? defaults.LogInWindow,
            LockOut = new LockOut(
                (int?)settings.Read("LogIn:LockAfter", LockAfter, "a whole number, 3 to 1,000")
                    ?? defaults.LockOut.After,
                (TimeSpan?)settings.Read("LogIn:LockFor", Window, "a time such as 15m or 00:15:00, 1s to 1d")
                    ?? defaults.LockOut.For),
        };
    }

    private static IReadOnlyList<IPNetwork>? Networks(string text)
    {
        var networks = text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(Network).ToList();
        return networks.Contains(null) ? null : [.. networks.OfType<IPNetwork>()];
    }

    private static IPNetwork? Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : null;

    private static object? Attempts(string text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000 ? number : null;

    private static object? LockAfter(string text) => Attempts(text) is >= 3 and var number ? number : null;

    private static object? Window(string text)
    {
        var window = Durations.Parse(text)
            ?? (text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var read) ? read
                : null);
        return window >= TimeSpan.FromSeconds(1) && window <= TimeSpan.FromDays(1) ? window : null;
    }
}
