namespace Baton.Tools;

/// <summary>Where tools are reached and what their secrets are.</summary>
/// <param name="BaseAddress">What <c>{base}</c> in a tool's address stands for; null when there is none.</param>
/// <param name="Secret">Value of an environment variable that a playbook names, or null.</param>
internal sealed record ToolOptions(Uri? BaseAddress, Func<string, string?> Secret)
{
    /// <summary>
    /// Hosts with a private or loopback address that tools may call, as the playbook writes them; default none, because
    /// a playbook comes from people who need not know this network.
    /// </summary>
    public IReadOnlyList<string> PrivateHosts { get; init; } = [];

    /// <summary>Programs that playbooks may start as MCP servers, as they write them; default none.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>Whether the operator lets tools call this host wherever it is.</summary>
    public bool Allows(Uri address) => PrivateHosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase);
}
