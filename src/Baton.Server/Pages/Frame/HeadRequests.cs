namespace Baton.Server.Pages.Frame;

/// <summary>
/// Answers HEAD wherever GET is answered, with the same headers and no body: monitors and checkers of links ask so, and
/// a route that takes GET alone would tell them 405.
/// </summary>
internal static class HeadRequests
{
    private const string Events = "text/event-stream";

    /// <summary>What GET does here is done once: whoever only asks for headers must not use it up.</summary>
    private static readonly PathString[] Once = ["/enter", "/login/openid", "/signin-oidc"];

    extension(WebApplication app)
    {
        /// <summary>Comes before the routes are looked up.</summary>
        public void UseHeadRequests() => app.Use((http, next) =>
            HttpMethods.IsHead(http.Request.Method) && !Once.Any(path => http.Request.Path.StartsWithSegments(path))
                ? AnswerAsync(http, next) : next(http));
    }

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        var body = http.Response.Body;
        (http.Request.Method, http.Response.Body) = (HttpMethods.Get, new Unwritten(http, ended));
        http.RequestAborted = ended.Token;
        http.Response.OnStarting(() =>
        {
            // The server itself must know that nothing follows the headers.
            http.Request.Method = HttpMethods.Head;
            return Task.CompletedTask;
        });
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested) { }
        finally
        {
            (http.Request.Method, http.Response.Body) = (HttpMethods.Head, body);
        }
    }

    /// <summary>Takes a body and keeps nothing of it; one that never ends is ended at its first word.</summary>
    private sealed class Unwritten(HttpContext http, CancellationTokenSource ended) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => Look();

        public override Task FlushAsync(CancellationToken cancellationToken) => Looked();

        public override void Write(byte[] buffer, int offset, int count) => Look();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Looked();

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(Looked());

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        private Task Looked()
        {
            Look();
            return Task.CompletedTask;
        }

        private void Look()
        {
            if (http.Response.ContentType?.StartsWith(Events, StringComparison.Ordinal) == true) ended.Cancel();
        }
    }
}
