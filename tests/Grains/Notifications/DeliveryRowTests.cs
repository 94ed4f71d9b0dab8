using System.Text.Json;
using Agency.EventSourcing;
using Agency.Notifications;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Agency.Tests.Grains.Notifications;

public sealed class DeliveryRowTests
{
    private static readonly DateTimeOffset _now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly DeliveryOptions _options = new();

    [Property]
    public void What_fails_is_tried_over_about_a_day_at_growing_distances_and_is_a_dead_letter_then(NonNegativeInt number)
    {
        var row = DeliveryRow.Of("webhook-w1", Notices.Delivery(Recipient.Office, number.Get % 100_000), _now);
        Assert.Equal((DeliveryState.Pending, _now), (row.State, row.NextAt));
        var plain = 10.0;
        for (var attempt = 1; attempt < 11; attempt++)
        {
            var at = row.NextAt!.Value;
            row = row.After(Sending.Later("status500"), at, _options);
            Assert.Equal((DeliveryState.Pending, attempt, "status500"), (row.State, row.Attempts, row.Reason));
            Assert.InRange((row.NextAt!.Value - at).TotalSeconds, plain * 0.8, plain * 1.2);
            plain = Math.Min(plain * 3.5, 6 * 3600);
        }

        Assert.InRange(row.NextAt!.Value - _now, TimeSpan.FromHours(20), TimeSpan.FromHours(31));
        row = row.After(Sending.Later("status500"), row.NextAt!.Value, _options);
        Assert.Equal((DeliveryState.Dead, 11, null), (row.State, row.Attempts, row.NextAt));
        row = row.Again("c-1", _now.AddDays(3));
        Assert.Equal((DeliveryState.Pending, 0, _now.AddDays(3)), (row.State, row.Attempts, row.NextAt));
    }

    [Fact]
    public void What_can_never_be_sent_is_a_dead_letter_at_once()
    {
        var row = DeliveryRow.Of("mail", Notices.Delivery(Recipient.Office), _now).After(Sending.Never("noAddress"), _now, _options);
        Assert.Equal((DeliveryState.Dead, "noAddress", null), (row.State, row.Reason, row.NextAt));
        Assert.Equal(DeliveryState.Sent, row.Again("c-1", _now).After(Sending.Done, _now, _options).State);
    }

    [Fact]
    public void Deliveries_that_failed_together_do_not_come_back_together() =>
        Assert.True(Enumerable.Range(1, 50).Select(n => DeliveryRow.Of("mail", Notices.Delivery(Recipient.Office, n), _now).After(Sending.Later("timeout"), _now, _options).NextAt).Distinct().Count() > 40);

    [Fact]
    public void A_row_is_read_as_it_was_written_whatever_its_message()
    {
        var notice = Notices.Of(Recipient.Head("511300-ZJJ"));
        foreach (var message in (Message[])
                 [
                     new NoticeMessage(Recipient.Person("p7"), notice with { NotBefore = _now }),
                     new DigestMessage(Recipient.Office, new(2026, 3, 2), [notice, notice]),
                     new InvitationMessage(Recipient.Department("511300-ZJJ"), "r1", "BEGIN:VCALENDAR", "REQUEST", notice),
                 ])
        {
            var row = DeliveryRow.Of("mail", new("m-1", message, _now.AddHours(1)), _now);
            var bytes = JsonSerializer.Serialize(row, FactJson.Options);
            Assert.Equal(bytes, JsonSerializer.Serialize(JsonSerializer.Deserialize<DeliveryRow>(bytes, FactJson.Options), FactJson.Options));
            Assert.IsType(message.GetType(), JsonSerializer.Deserialize<DeliveryRow>(bytes, FactJson.Options)!.Message);
        }
    }

    [Fact]
    public void Ids_differ_by_target_and_message_and_are_ids()
    {
        string[] ids = [DeliveryRow.IdOf("mail", "m-1"), DeliveryRow.IdOf("mail", "m-2"), DeliveryRow.IdOf("sms", "m-1")];
        Assert.Distinct(ids);
        Assert.All(ids, id => Assert.True(DeliveryId.IsOne(id)));
        Assert.False(DeliveryId.IsOne(ids[0].ToUpperInvariant()));
    }
}
