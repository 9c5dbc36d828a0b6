using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Baton.Server.Tests.Pages.Inboxes;

namespace Baton.Server.Tests.Api;

/// <summary>Files that come by the API and by the editor of a reply.</summary>
public sealed partial class FileUploadTests(ServerFixture server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_customers_files_are_a_message_and_what_is_not_kept_is_said()
    {
        await SubmitAsync("upload-1", "Where is my order NW-10003?");
        using var api = server.Api();
        using var form = Form(("photo.png", [0x89, .. "PNG\r\n"u8]), ("run.exe", "MZ"u8.ToArray()));
        form.Add(new StringContent("See the picture"), "text");

        using var answer = await api.PostAsync("/api/tickets/upload-1/attachments", form, Token);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var files = (await answer.Content.ReadFromJsonAsync<JsonElement>(Token)).GetProperty("attachments");
        Assert.Equal("image/png", files[0].GetProperty("type").GetString());
        Assert.Equal("files named .exe can run", files[1].GetProperty("not_stored").GetString());
        var ticket = await api.GetFromJsonAsync<JsonElement>("/api/tickets/upload-1", Token);
        Assert.Contains("See the picture", ticket.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("photo.png", ticket.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_replies_with_a_file_larger_than_other_bodies_may_be()
    {
        await SubmitAsync("upload-2", "I want to speak to a person, please. A real human being.");
        using var api = server.Api();
        using var form = Form(("long.txt", [.. Enumerable.Repeat((byte)'a', 6 * 1024 * 1024)]));
        form.Add(new StringContent("Here it is."), "text");

        using var answer = await api.PostAsync("/api/tickets/upload-2/attachments/reply", form, Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using var file = await api.GetAsync("/api/tickets/upload-2/attachments/3/1", Token);
        Assert.Equal(6 * 1024 * 1024, (await file.Content.ReadAsByteArrayAsync(Token)).Length);
    }

    [Fact]
    public async Task What_cannot_be_used_is_refused_with_a_reason()
    {
        await SubmitAsync("upload-3", "I want to speak to a person, please. A real human being.");
        using var api = server.Api();
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "text" } };
        using var one = Form(("a.txt", "hello"u8.ToArray()));

        using var json = await api.PostAsJsonAsync("/api/tickets/upload-3/attachments", new { text = "x" }, Token);
        using var none = await api.PostAsync("/api/tickets/upload-3/attachments", empty, Token);
        using var textless = await api.PostAsync("/api/tickets/upload-3/attachments/reply", one, Token);

        Assert.All((HttpResponseMessage[])[json, none, textless],
            answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Contains("multipart/form-data", await json.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Contains("send one file", await none.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_sends_a_file_from_the_editor_of_a_reply()
    {
        await SubmitAsync("upload-4", "I want to speak to a person, please. A real human being.");
        using var browser = await server.VisitorAsync(Token);
        var page = await browser.GetStringAsync("/inbox/upload-4", Token);
        Assert.Contains("name=\"files\"", page, StringComparison.Ordinal);
        using var form = Form(("label.txt", "Return to us"u8.ToArray()));
        foreach (var (name, value) in ((string, string)[])
            [
                ("__RequestVerificationToken", Antiforgery().Match(page).Groups[1].Value), ("id", "upload-4"),
                ("text", "Here is your label."), ("from", "agent"),
            ])
            form.Add(new StringContent(value), name);

        using var answer = await browser.PostAsync("/tickets/messages", form, Token);
        await server.LeaveAsync("upload-4", Token);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        using var api = server.Api();
        Assert.Equal("Return to us", await api.GetStringAsync("/api/tickets/upload-4/attachments/3/1", Token));
    }

    private static MultipartFormDataContent Form(params (string Name, byte[] Body)[] files)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, body) in files) form.Add(new ByteArrayContent(body), "files", name);
        return form;
    }

    private async Task SubmitAsync(string id, string body)
    {
        using var api = server.Api();
        using var sent = await api.PostAsJsonAsync("/api/tickets?wait=30s", new { id, body }, Token);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();
}
