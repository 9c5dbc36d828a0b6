using Baton.Playbooks;
using Baton.Tools;

namespace Baton.Tests.Tools;

public sealed class ToolAddressTests
{
    private static readonly Uri Shop = new("https://shop.example/api");

    private static ToolAddress Of(string value, string url = "{base}/orders/{order_id}/status", Uri? @base = null) =>
        ToolAddress.Of(Some.Tool(url), new Dictionary<string, string> { ["order_id"] = value }, @base ?? Shop);

    [Theory]
    [InlineData("NW-10003", "https://shop.example/api/orders/NW-10003/status")]
    [InlineData("a.b", "https://shop.example/api/orders/a.b/status")]
    [InlineData("robin@example.com", "https://shop.example/api/orders/robin%40example.com/status")]
    [InlineData("two words", "https://shop.example/api/orders/two%20words/status")]
    public void Fills_a_value_into_its_own_part_of_the_path(string value, string expected) =>
        Assert.Equal(expected, Of(value).Uri?.AbsoluteUri);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData(" .. ")]
    [InlineData("...")]
    [InlineData("../admin")]
    [InlineData("..\\admin")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("%2e%2e")]
    [InlineData("..%2fadmin")]
    [InlineData("%252e%252e%252f")]
    [InlineData("1?admin=1")]
    [InlineData("1#x")]
    [InlineData("1;a=b")]
    [InlineData("1\r\nHost: evil.example")]
    [InlineData("1\0")]
    [InlineData("\u2025")]
    [InlineData("\uff0e\uff0e\uff0fadmin")]
    [InlineData("\u2215admin")]
    [InlineData("\ud800")]
    [InlineData("{base}")]
    public void Refuses_a_value_that_could_lead_elsewhere(string value)
    {
        var address = Of(value);

        Assert.Null(address.Uri);
        Assert.Equal("order_id", address.BadInput);
        Assert.Contains("'order_id'", address.Problem);
    }

    [Theory]
    [InlineData("a/b&c=d", "https://shop.example/api/orders?id=a%2Fb%26c%3Dd")]
    [InlineData("..", "https://shop.example/api/orders?id=..")]
    public void Escapes_a_value_in_the_query(string value, string expected) =>
        Assert.Equal(expected, Of(value, "{base}/orders?id={order_id}").Uri?.AbsoluteUri);

    [Theory]
    [InlineData("https://api.example/v1/{order_id}", false)]
    [InlineData("{base}/v1/{order_id}", true)]
    public void Knows_whether_the_operator_set_the_server(string url, bool ours) =>
        Assert.Equal(ours, Of("1", url).IsOurs);

    [Theory]
    [InlineData("http://[::1]:8080/", "http://[::1]:8080/orders/1/status")]
    [InlineData("http://127.0.0.1:5280", "http://127.0.0.1:5280/orders/1/status")]
    public void Takes_any_server_of_the_operators(string @base, string expected) =>
        Assert.Equal(expected, Of("1", @base: new Uri(@base)).Uri?.AbsoluteUri);

    [Fact]
    public void Says_that_the_servers_address_is_missing() =>
        Assert.Contains("needs an address for {base}", ToolAddress.Of(
            Some.Tool("{base}/x"), new Dictionary<string, string>(), baseAddress: null).Problem);

    private static class Some
    {
        public static Tool Tool(string url) => new()
        {
            Name = "get_order", Description = "One order", Method = "GET", Url = url, Scope = "orders:read",
            Risk = ToolRisk.Read, InputSchema = [],
        };
    }
}
