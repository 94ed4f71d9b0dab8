using System.Text.Json;
using Agency.Silo.Notifications;

namespace Agency.Tests.Silo.Notifications;

public sealed class SmsRequestTests
{
    private const string Text = "“甲” {phone} & \\ \n100%";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_JSON_what_is_filled_in_is_escaped_and_its_braces_are_left_alone()
    {
        using var request = SmsChannel.Request(new() { Url = "https://sms.example.cn/send", Body = """{ "to": "{phone}", "text": "{text}", "id": "{id}", "o": {} }""" }, "13812345678", Text, "abc");
        Assert.Equal("application/json; charset=utf-8", request.Content!.Headers.ContentType!.ToString());
        var body = JsonDocument.Parse(await request.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal(("13812345678", Text, "abc"), (body.GetProperty("to").GetString(), body.GetProperty("text").GetString(), body.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task In_a_form_and_an_address_it_is_escaped_as_there()
    {
        var options = new SmsOptions { Url = "https://sms.example.cn/send?to={phone}&text={text}", Method = "PUT", ContentType = SmsOptions.Form, Body = "t={text}&p={phone}", Headers = { ["X-Key"] = "secret" } };
        using var request = SmsChannel.Request(options, "+86 138", Text, "abc");
        var (query, body) = (request.RequestUri!.Query, await request.Content!.ReadAsStringAsync(Cancel));
        Assert.Equal($"t={Uri.EscapeDataString(Text)}&p={Uri.EscapeDataString("+86 138")}", body);
        Assert.Equal(Text, Uri.UnescapeDataString(query.Split("text=")[1]));
        Assert.Equal(("PUT", "secret"), (request.Method.Method, request.Headers.GetValues("X-Key").Single()));
    }
}
