using System.Net;
using Baton.Operations;
using Baton.Server.Cli;

namespace Baton.Server.Api;

/// <summary>How people and programs reach this installation.</summary>
internal sealed record AccessOptions
{
    /// <summary>Where people open the console, for example <c>https://support.example.com</c>; null: as they came.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed; none by default.</summary>
    public IReadOnlyList<IPNetwork> KnownProxies { get; init; } = [];

    /// <summary>Refused log-ins of one address, or with one key, before it has to wait; 1 to 1,000.</summary>
    public int LogInAttempts { get; init; } = 10;

    /// <summary>How long refused log-ins count, 1 s to 1 day.</summary>
    public TimeSpan LogInWindow { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether browsers may send cookies over TLS only, whatever the request looks like from here.</summary>
    public bool IsSecure => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    /// <summary>Reads <c>BATON__PublicUrl</c>, <c>BATON__Proxy__Known</c>, <c>BATON__LogIn__Attempts</c> and <c>BATON__LogIn__Window</c>.</summary>
    /// <exception cref="CliError">A value cannot be used.</exception>
    public static AccessOptions Read(IConfiguration configuration)
    {
        var defaults = new AccessOptions();
        return new AccessOptions
        {
            PublicUrl = configuration["Baton:PublicUrl"] is { Length: > 0 } url ? Address(url) : null,
            KnownProxies = [.. (configuration["Baton:Proxy:Known"] ?? "").Split(
                [',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Network)],
            LogInAttempts = configuration["Baton:LogIn:Attempts"] is { } attempts ? Attempts(attempts) : defaults.LogInAttempts,
            LogInWindow = configuration["Baton:LogIn:Window"] is { } window ? Window(window) : defaults.LogInWindow,
        };
    }

    /// <summary>Its names, for whoever looks for settings that nobody reads.</summary>
    public static void Names(SettingsReader settings)
    {
        settings.Text("PublicUrl");
        settings.Names("Proxy", "Known");
        settings.Names("LogIn", "Attempts", "Window");
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.AbsolutePath == "/"
            ? url
            : throw Bad("PublicUrl", text, "write scheme and host, such as https://support.example.com");

    private static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
        : throw Bad("Proxy__Known", text, "write addresses or networks with commas between them, such as 10.0.0.7,10.1.0.0/16");

    private static int Attempts(string text) =>
        int.TryParse(text, out var number) && number is >= 1 and <= 1_000
            ? number
            : throw Bad("LogIn__Attempts", text, "write a number from 1 to 1000");

    private static TimeSpan Window(string text) =>
        TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var window)
            && window >= TimeSpan.FromSeconds(1) && window <= TimeSpan.FromDays(1)
            ? window
            : throw Bad("LogIn__Window", text, "write a time from 00:00:01 to 1.00:00:00");

    private static CliError Bad(string name, string value, string fix) => new($"setting BATON__{name} is '{value}': {fix}");
}
