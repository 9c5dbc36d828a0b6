using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Baton.Text.Words;

namespace Baton.Gateway.Providers;

/// <summary>
/// HTTP to model servers: pooled connections, no redirects (they would carry the key away), and every failure as a
/// <see cref="GatewayException"/> with the provider's own hints.
/// </summary>
internal static class ProviderHttp
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public static HttpClient Client(string provider, TimeProvider clock, HttpMessageHandler? inner = null)
    {
        inner ??= new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = ConnectionLifetime,
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
        };
        // Time limits are the chain's business; the client's own would hide who ran out of time.
        return new HttpClient(new FailureHandler(provider, clock, inner)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private sealed class FailureHandler(string provider, TimeProvider clock, HttpMessageHandler inner)
        : DelegatingHandler(inner)
    {
        private const int MaxErrorBytes = 16 * 1024;
        private const int MaxMessageChars = 300;

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await SendOrExplain(request, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw await Explain(response, cancellationToken).ConfigureAwait(false);
        }

        private async Task<HttpResponseMessage> SendOrExplain(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                throw new GatewayException(GatewayFailure.ProviderFailed,
                    $"no connection to '{provider}' at {request.RequestUri?.Authority}: {error.Message}", error)
                {
                    MayBeBilled = !NeverArrived(error),
                };
            }
        }

        private static bool NeverArrived(Exception error) => error is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        };

        private async Task<GatewayException> Explain(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            var status = (int)response.StatusCode;
            var said = Message(await Body(response, cancellationToken).ConfigureAwait(false));
            return new GatewayException(Failure(response), $"provider '{provider}' answered {status}: {said}")
            {
                Status = response.StatusCode,
                RetryAfter = RetryAfter(response.Headers),
            };
        }

        private static GatewayFailure Failure(HttpResponseMessage response) => response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => GatewayFailure.RateLimited,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
                or HttpStatusCode.PaymentRequired => GatewayFailure.Misconfigured,
            HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict => GatewayFailure.ProviderFailed,
            < HttpStatusCode.InternalServerError and >= HttpStatusCode.BadRequest => GatewayFailure.BadRequest,
            _ => GatewayFailure.ProviderFailed,
        };

        private TimeSpan? RetryAfter(HttpResponseHeaders headers)
        {
            if (headers.TryGetValues("retry-after-ms", out var exact) && Number(exact.First()) is { } ms)
                return TimeSpan.FromMilliseconds(ms);
            if (!headers.TryGetValues("retry-after", out var values)) return null;
            if (Number(values.First()) is { } seconds) return TimeSpan.FromSeconds(seconds);
            var isDate = DateTimeOffset.TryParse(
                values.First(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date);
            if (!isDate) return null;
            var wait = date - clock.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }

        private static double? Number(string text) =>
            double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number < TimeSpan.FromDays(30).TotalMilliseconds
                ? number
                : null;

        private static async Task<string> Body(HttpResponseMessage response, CancellationToken cancellationToken)
        {
            try
            {
                await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken)
                    .ConfigureAwait(false);
                var buffer = new byte[MaxErrorBytes];
                var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, false, cancellationToken)
                    .ConfigureAwait(false);
                return Encoding.UTF8.GetString(buffer, 0, read);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                return "";
            }
        }

        /// <summary>Both protocols put the sentence into <c>error.message</c>.</summary>
        private static string Message(string body)
        {
            try
            {
                using var document = JsonDocument.Parse(body);
                var message = document.RootElement.GetProperty("error").GetProperty("message").GetString() ?? "";
                return CutText.Of(message, MaxMessageChars);
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                return "no explanation";
            }
        }
    }
}
