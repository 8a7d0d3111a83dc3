# The emulator in a container: `npm run emulator:binary && docker build -t authsignal-emulator .`
FROM gcr.io/distroless/cc-debian12
COPY dist/binary/authsignal-emulator /authsignal-emulator
EXPOSE 4010
ENTRYPOINT ["/authsignal-emulator", "--host", "0.0.0.0", "--unsafe-host"]
