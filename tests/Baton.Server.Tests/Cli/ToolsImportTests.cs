using System.Text;
using Baton.Server.Tests.Processes;
using Baton.Testing;

namespace Baton.Server.Tests.Cli;

/// <summary>Documents as they are found, and as somebody would write them to do harm.</summary>
public sealed class ToolsImportTests : IDisposable
{
    /// <summary>What real documents have, each once, and nobody's.</summary>
    private const string Odd = """
        openapi: 3.0.3
        servers:
          - url: https://api.example.com/v2
        paths:
          /orders/{order-id}/notes:
            parameters:
              - { name: order-id, in: path, required: true, schema: { type: integer, format: int64 } }
            get:
              summary: "Notes of an order: 'all' of them 😀"
              parameters:
                - { name: since, in: query, required: true, schema: { type: array, items: { type: string } } }
                - { name: page, in: query, schema: { type: integer } }
                - { name: X-Trace, in: header, required: true, schema: { type: string } }
            post:
              operationId: addNote
              requestBody:
                content:
                  application/json; charset=utf-8:
                    schema: { $ref: '#/components/schemas/Note' }
          /orders/{id}:
            put:
              operationId: addNote
              requestBody: { content: { application/vnd.api+json: { schema: { $ref: '#/components/schemas/Circle' } } } }
            delete: { deprecated: true }
          /upload:
            post: { requestBody: { content: { multipart/form-data: { schema: { type: object } } } } }
        components:
          schemas:
            Base: { type: object, required: [text], properties: { text: { type: string, nullable: true, maxLength: 2000 } } }
            Note:
              allOf:
                - { $ref: '#/components/schemas/Base' }
                - type: object
                  required: [share, gone]
                  properties:
                    share: { type: number, minimum: 0, exclusiveMinimum: true, maximum: 1 }
                    kind: { type: string, enum: [a, 'b: c', ""], pattern: '(?<bad', format: password }
                    when: { type: [string, 'null'], format: date-time }
                    'null': { type: boolean }
                    bad-name: { type: string }
            Circle: { allOf: [ { $ref: '#/components/schemas/Circle' }, { $ref: 'other.yaml#/X' } ], properties: { a: { $ref: '#/components/schemas/Loop' } } }
            Loop: { $ref: '#/components/schemas/Loop' }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("baton-import-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<Ended> ImportAsync(string text, params string[] more)
    {
        var document = Path.Combine(_folder, "openapi");
        await File.WriteAllTextAsync(document, text, Cancel);
        return await BatonProgram.RunAsync(
            ["tools", "import", document, "--to", Path.Combine(_folder, "drafts"), .. more]);
    }

    [Fact]
    public async Task Drafts_what_a_tool_can_send_and_says_what_it_leaves_out()
    {
        var imported = await ImportAsync(Odd);

        Assert.Equal((0, true), (imported.ExitCode, imported.Output.StartsWith("4 drafts", StringComparison.Ordinal)));
        Assert.Contains(
            "left out: post /upload: its body is multipart/form-data", imported.Errors, StringComparison.Ordinal);
        var files = new PlaybookFiles();
        foreach (var draft in Directory.GetFiles(Path.Combine(_folder, "drafts")))
            files = files.With($"tools/{Path.GetFileName(draft)}", await File.ReadAllTextAsync(draft, Cancel));
        var tools = files.Playbook().Tools.Where(t => t.Name != "get_order").ToList();
        Assert.Equal(["add_note", "add_note_2", "delete_orders_id", "get_orders_order_id_notes"],
            tools.Select(t => t.Name).Order(StringComparer.Ordinal));
        Assert.Equal("https://api.example.com/v2/orders/{order_id}/notes?since={since}",
            tools.Single(t => t.Method == "GET").Url);
        var note = tools.Single(t => t.Name == "add_note").InputSchema;
        Assert.Equal("""["order_id","text","share"]""", note["required"]!.ToJsonString());
        string Of(string name) => note["properties"]![name]!.ToJsonString();
        Assert.Equal("""{"type":"number","exclusiveMinimum":0,"maximum":1}""", Of("share"));
        Assert.Equal("""{"type":["string","null"],"maxLength":2000}""", Of("text"));
        Assert.Equal("""{"type":"string","enum":["a","b: c",""]}""", Of("kind"));
        Assert.All(tools.Where(t => t.HasEffect), t => Assert.Equal(0, t.Limits.PerTicket.Count));
        Assert.Contains("# not sent: header X-Trace, which has to be", await File.ReadAllTextAsync(
            Path.Combine(_folder, "drafts", "get_orders_order_id_notes.yaml"), Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is no OpenAPI document|the file is empty")]
    [InlineData("{", "is not JSON")]
    [InlineData("[]", "has no fields")]
    [InlineData("\u0000\u0001garbage: [", "openapi")]
    [InlineData("""{"openapi":3}""", "'openapi' is missing")]
    [InlineData("""{"swagger":"2.0"}""", "is Swagger 2.0: convert it")]
    [InlineData("openapi: 3.1.0\npaths: {}\n", "is no https address of a server")]
    [InlineData("openapi: 3.1.0\nservers: [{ url: 'https://{region}.example.com' }]\n", "name one with --server")]
    [InlineData("openapi: 3.1.0\nservers: [{ url: 'https://a.example' }]\npaths: [x]\n", "has no operation")]
    [InlineData("""{"openapi":"3.1.0","openapi":"3.0.0"}""", "is not JSON")]
    [InlineData("openapi: 3.1.0\npaths: &a { b: *a }\n", "anchors are not supported")]
    public async Task Says_what_is_wrong_with_a_document(string text, string why)
    {
        var imported = await ImportAsync(text);

        Assert.Equal(1, imported.ExitCode);
        Assert.Contains(why.Split('|'), part => imported.Errors.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", imported.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder, "drafts")));
    }

    [Fact]
    public async Task Reads_no_document_without_end_and_no_more_operations_than_it_can_show()
    {
        var huge = Path.Combine(_folder, "huge.json");
        await using (var file = File.Create(huge)) file.SetLength(50_000_000);
        var many = new StringBuilder("openapi: 3.1.0\nservers: [{ url: 'https://a.example' }]\npaths:\n");
        for (var i = 0; i < 501; i++) many.Append($"  /p{i}: {{ get: {{ }} }}\n");

        var large = await BatonProgram.RunAsync("tools", "import", huge);
        var all = await ImportAsync(many.ToString());
        var some = await ImportAsync(many.ToString(), "--only", "/p50");
        var none = await ImportAsync(many.ToString(), "--only", "/q");

        Assert.Contains("50000000 bytes, 33554432 are read", large.Errors, StringComparison.Ordinal);
        Assert.Contains("choose a part of the document with --only", all.Errors, StringComparison.Ordinal);
        Assert.Contains("2 drafts", some.Output, StringComparison.Ordinal);
        Assert.Contains("begins with '/q'", none.Errors, StringComparison.Ordinal);
        Assert.Equal((1, 1, 0, 1), (large.ExitCode, all.ExitCode, some.ExitCode, none.ExitCode));
    }
}
