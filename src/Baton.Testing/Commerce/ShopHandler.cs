using System.Net;
using System.Text;

namespace Baton.Testing.Commerce;

/// <summary>
/// Answers requests to a shop without a socket, for <c>baton run</c>, where no server listens. Other addresses go out
/// over the network.
/// </summary>
public sealed class ShopHandler(SampleShop shop)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
{
    private const string At = "/demo";

    /// <summary>What <c>{base}</c> stands for; the name can never exist (RFC 2606).</summary>
    public static readonly Uri Base = new("http://demo.invalid");

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri?.Host != Base.Host) return await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri.AbsolutePath;
        var answer = shop.Answer(new ShopRequest(
            request.Method.Method, path.StartsWith(At, StringComparison.Ordinal) ? path[At.Length..] : path,
            request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.First() : null,
            request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
        return new HttpResponseMessage((HttpStatusCode)answer.Status)
        {
            Content = new StringContent(answer.Body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
    }
}
