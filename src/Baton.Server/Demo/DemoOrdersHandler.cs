using System.Net;
using System.Text;

namespace Baton.Server.Demo;

/// <summary>
/// Answers requests to the demo order system without a socket, for <c>baton run</c>, where no server listens. Other
/// addresses go out over the network.
/// </summary>
internal sealed class DemoOrdersHandler(TimeProvider clock)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    /// <summary>What <c>{base}</c> stands for; the name can never exist (RFC 2606).</summary>
    public static readonly Uri Base = new("http://demo.invalid");

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.Host != Base.Host) return base.SendAsync(request, cancellationToken);
        var order = DemoOrders.Find(request.RequestUri.Segments[^1], clock.GetUtcNow());
        return Task.FromResult(order is null
            ? new HttpResponseMessage(HttpStatusCode.NotFound)
            : new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(order.ToJsonString(), Encoding.UTF8, "application/json"),
            });
    }
}
