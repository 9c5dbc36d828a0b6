using System.Net;
using System.Net.Sockets;
using Baton.Customers;
using Baton.Playbooks;
using Baton.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Baton.Tests.Tools;

public sealed class HttpToolCallerTests
{
    private static Tool Tool(string url) => new()
    {
        Name = "get_order", Description = "", Method = "GET", Url = url, Scope = "orders:read", Risk = ToolRisk.Read,
        InputSchema = [], Timeout = TimeSpan.FromSeconds(20),
    };

    private static Task<ToolResult> CallAsync(string url, ToolOptions options)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddTools(options)
            .BuildServiceProvider();
        return services.GetRequiredService<HttpToolCaller>().CallAsync(
            Tool(url), new Dictionary<string, string>(), Identity.Unknown, CancellationToken.None);
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/orders")]
    [InlineData("http://localhost:{0}/orders")]
    [InlineData("http://[::1]:{0}/orders")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/orders")]
    [InlineData("http://2130706433:{0}/orders")]
    [InlineData("http://0x7f.1:{0}/orders")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.1/orders")]
    [InlineData("http://192.168.0.1/orders")]
    public async Task Refuses_a_private_address_of_the_playbooks(string url)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var result = await CallAsync(
            string.Format(url, ((IPEndPoint)listener.LocalEndpoint).Port), new ToolOptions(null, _ => null));

        Assert.Contains("private address", Assert.IsType<ToolResult.Failed>(result).Why);
        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Calls_a_private_address_that_the_operator_allows()
    {
        var port = ClosedPort();

        var result = await CallAsync(
            $"http://127.0.0.1:{port}/orders", new ToolOptions(null, _ => null) { PrivateHosts = ["127.0.0.1"] });

        // Nobody listens there: it was tried.
        Assert.DoesNotContain("private address", Assert.IsType<ToolResult.Failed>(result).Why);
    }

    [Fact]
    public async Task Calls_the_operators_own_server_wherever_it_is()
    {
        var result = await CallAsync(
            "{base}/orders", new ToolOptions(new Uri($"http://127.0.0.1:{ClosedPort()}"), _ => null));

        Assert.DoesNotContain("private address", Assert.IsType<ToolResult.Failed>(result).Why);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
